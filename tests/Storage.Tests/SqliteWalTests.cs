using FieldMedic.Incidents;
using FieldMedic.Journal;

namespace FieldMedic.Storage.Tests;

/// <summary>A machine that stops in the middle of a write leaves a write-ahead log with a torn tail. What was acknowledged before is behind it.</summary>
public sealed class SqliteWalTests : IDisposable
{
    private const int Acknowledged = 20;
    private static readonly IncidentId Id = new("INC-1");
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Open_TailOfTheLogIsTorn_KeepsWhatWasAcknowledgedAndGoesOn()
    {
        var (whole, log, next) = await WriteAsync();
        var random = new Random(5);
        var torn = Enumerable.Range(0, 24)
            .Select(i => log.Length + ((next.Length - log.Length) * i / 24))
            .SelectMany(cut => new[] { next[..cut], Flipped(next, log.Length, random), Garbage(log, random) });
        foreach (var (tail, number) in torn.Select((t, i) => (t, i)))
        {
            var path = await LayAsync($"torn-{number}.db", whole, tail);
            await using var store = await SqliteStore.OpenAsync(path, TimeProvider.System, Token);

            (await store.ReadAsync(Id, Token)).Count.ShouldBe(Acknowledged, $"case {number}");
            (await store.Upkeep.FaultsAsync(Token)).ShouldBeEmpty();
            (await store.AppendAsync(Id, Acknowledged + 1, new IncidentEvent.ApprovalGiven("later"), null, Token)).ShouldBe(AppendOutcome.Appended);
            (await store.ReadAsync(Id, Token)).Count.ShouldBe(Acknowledged + 1);
        }
    }

    [Fact]
    public async Task Open_LogIsWhole_HasTheLastEventToo()
    {
        var (whole, _, next) = await WriteAsync();
        await using var store = await SqliteStore.OpenAsync(await LayAsync("well.db", whole, next), TimeProvider.System, Token);

        (await store.ReadAsync(Id, Token)).Count.ShouldBe(Acknowledged + 1);
    }

    /// <summary>The file and its log when the last event was acknowledged, and the log one event later.</summary>
    private async Task<(byte[] File, byte[] Log, byte[] Next)> WriteAsync()
    {
        var path = _folder.File("journal.db");
        await using var store = await SqliteStore.OpenAsync(path, TimeProvider.System, Token);
        await store.AppendAsync(Id, 1, new IncidentEvent.IncidentOpened("sys", null, Complaint.None), null, Token);
        for (var sequence = 2; sequence <= Acknowledged; sequence++)
        {
            await store.AppendAsync(Id, sequence, new IncidentEvent.ApprovalGiven($"somebody {sequence}"), null, Token);
        }

        var (file, log) = (await ReadAsync(path), await ReadAsync(path + "-wal"));
        await store.AppendAsync(Id, Acknowledged + 1, new IncidentEvent.ApprovalGiven("the last one"), null, Token);
        var next = await ReadAsync(path + "-wal");
        next.Length.ShouldBeGreaterThan(log.Length, "the log was begun anew; the test needs it to grow");
        return (file, log, next);
    }

    private async Task<string> LayAsync(string name, byte[] file, byte[] log)
    {
        var path = _folder.File(name);
        await File.WriteAllBytesAsync(path, file, Token);
        await File.WriteAllBytesAsync(path + "-wal", log, Token);
        return path;
    }

    private static async Task<byte[]> ReadAsync(string path)
    {
        await using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var bytes = new MemoryStream();
        await stream.CopyToAsync(bytes, Token);
        return bytes.ToArray();
    }

    /// <summary>One bit of what came after the acknowledged part is wrong.</summary>
    private static byte[] Flipped(byte[] log, int from, Random random)
    {
        var flipped = log.ToArray();
        flipped[random.Next(from, log.Length)] ^= (byte)(1 << random.Next(8));
        return flipped;
    }

    private static byte[] Garbage(byte[] log, Random random)
    {
        var garbage = new byte[random.Next(1, 9000)];
        random.NextBytes(garbage);
        return [.. log, .. garbage];
    }
}
