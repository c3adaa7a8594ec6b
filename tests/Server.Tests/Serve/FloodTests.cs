using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using FieldMedic.Cli.Tests;
using FieldMedic.Server.Tests.Harness;
using Microsoft.Data.Sqlite;

namespace FieldMedic.Server.Tests.Serve;

/// <summary>
/// A flood of signed deliveries on the real binary: 30 % come twice, 5 % are badly signed, SIGKILL in the middle. <c>FLOOD=10000</c> in
/// the environment makes it the full one.
/// </summary>
public sealed partial class FloodTests : IDisposable
{
    private const int AtOnce = 32;
    private readonly ConcurrentDictionary<string, bool> _accepted = new(StringComparer.Ordinal);
    private readonly ConcurrentBag<string> _wrong = [];
    private readonly SemaphoreSlim _progress = new(0);
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(30) };

    private static int Size => int.TryParse(Environment.GetEnvironmentVariable("FLOOD"), NumberStyles.None, CultureInfo.InvariantCulture, out var size) ? size : 1000;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Flood_WithSigkillInTheMiddle_EveryAcceptedDeliveryIsHandledExactlyOnce()
    {
        await using var desk = await Desk.OpenAsync();
        var posts = Plan();
        var half = posts.Count / 2;
        List<long> first;
        await using (var serve = await ServeProcess.StartAsync(desk))
        {
            var flood = PostAllAsync(serve.Url!, posts[..half], stopAtFirstFailure: true);
            await AcceptedAsync(half / 3);
            serve.Process.Kill();
            await flood;
            first = Finished(await serve.ErrorAsync());
        }

        var left = await ScalarAsync(desk, "SELECT count(*) FROM deliveries WHERE finished_at IS NULL");
        var known = await ScalarAsync(desk, "SELECT count(*) FROM deliveries");
        await using var again = await ServeProcess.StartAsync(desk);
        await PostAllAsync(again.Url!, posts[half..], stopAtFirstFailure: false);
        var rows = await ScalarAsync(desk, "SELECT count(*) FROM deliveries");
        var second = await again.FinishedAsync((int)(left + rows - known));
        (await again.StopAsync()).Code.ShouldBe(0);

        _wrong.ShouldBeEmpty();
        (await ScalarAsync(desk, "SELECT count(*) FROM deliveries WHERE finished_at IS NULL")).ShouldBe(0);
        var stored = await IdsAsync(desk);
        _accepted.Keys.Except(stored).ShouldBeEmpty();
        stored.Where(id => id.StartsWith("bad", StringComparison.Ordinal)).ShouldBeEmpty();
        stored.Count.ShouldBe(stored.Distinct().Count());
        first.Concat(second).GroupBy(s => s).Where(g => g.Count() > 1).ShouldBeEmpty();
        TestContext.Current.TestOutputHelper!.WriteLine($"{posts.Count} sent, {_accepted.Count} accepted, {stored.Count} stored; {first.Count} finished before the kill, {left} taken up after it");
    }

    public void Dispose()
    {
        _http.Dispose();
        _progress.Dispose();
    }

    /// <summary>65 % new, 30 % that repeat one of them, 5 % badly signed, shuffled; the same every time.</summary>
    private static List<Post> Plan()
    {
        var random = new Random(4);
        var fresh = Enumerable.Range(0, Size * 65 / 100).Select(i => new Post($"d-{i}", i, true)).ToList();
        var posts = fresh.Concat(Enumerable.Range(0, Size * 30 / 100).Select(_ => fresh[random.Next(fresh.Count)])).Concat(Enumerable.Range(0, Size * 5 / 100).Select(i => new Post($"bad-{i}", Size + i, false))).ToArray();
        random.Shuffle(posts);
        return [.. posts];
    }

    private async Task PostAllAsync(Uri url, List<Post> posts, bool stopAtFirstFailure)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        try
        {
            await Parallel.ForEachAsync(posts, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = stop.Token }, async (post, cancel) =>
            {
                try
                {
                    await PostAsync(url, post, cancel);
                }
                catch (HttpRequestException) when (stopAtFirstFailure)
                {
                    // Killed: what was not answered was not accepted.
                    await stop.CancelAsync();
                }
            });
        }
        catch (OperationCanceledException) when (stopAtFirstFailure && !Token.IsCancellationRequested)
        {
        }
    }

    private async Task PostAsync(Uri url, Post post, CancellationToken cancellationToken)
    {
        var body = Encoding.UTF8.GetBytes(Door.Comment(post.Comment + 1));
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", "application/json");
        request.Headers.Add("X-GitHub-Event", "issue_comment");
        request.Headers.Add("X-GitHub-Delivery", post.Id);
        request.Headers.Add("X-Hub-Signature-256", Door.Sign(body, post.IsGenuine ? ServeProcess.Secret : "guessed"));
        using var response = await _http.SendAsync(request, cancellationToken);
        if (response.StatusCode != (post.IsGenuine ? HttpStatusCode.Accepted : HttpStatusCode.Unauthorized))
        {
            _wrong.Add($"{post.Id}: {response.StatusCode}");
        }
        else if (post.IsGenuine)
        {
            _accepted[post.Id] = true;
            _progress.Release();
        }
    }

    private async Task AcceptedAsync(int count)
    {
        for (var i = 0; i < count; i++)
        {
            await _progress.WaitAsync(Token);
        }
    }

    internal static List<long> Finished(string log) => [.. FinishedLine().Matches(log).Select(m => long.Parse(m.Groups[1].Value, CultureInfo.InvariantCulture))];

    private static async Task<long> ScalarAsync(Desk desk, string sql)
    {
        await using var connection = await OpenAsync(desk);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)(await command.ExecuteScalarAsync(Token))!;
    }

    private static async Task<List<string>> IdsAsync(Desk desk)
    {
        await using var connection = await OpenAsync(desk);
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT id FROM deliveries";
        await using var reader = await command.ExecuteReaderAsync(Token);
        var ids = new List<string>();
        while (await reader.ReadAsync(Token))
        {
            ids.Add(reader.GetString(0));
        }

        return ids;
    }

    private static async Task<SqliteConnection> OpenAsync(Desk desk)
    {
        var connection = new SqliteConnection($"Data Source={Path.Combine(desk.Folder, "state", "fieldmedic", "journal.inbox.db")};Pooling=False");
        await connection.OpenAsync(Token);
        return connection;
    }

    [GeneratedRegex(@"Delivery ([0-9]+) \(CommentCreated")]
    private static partial Regex FinishedLine();

    private sealed record Post(string Id, long Comment, bool IsGenuine);
}
