using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Threading.Channels;
using FieldMedic.Cli.Tests;
using FieldMedic.Server.Tests.Serve;
using GitHubSimulator.Webhooks;

namespace FieldMedic.Server.Tests.Harness;

/// <summary>A real <c>fieldmedic serve</c>, up and listening.</summary>
internal sealed class ServeProcess : IAsyncDisposable
{
    public const string Secret = "a secret of the webhook";
    private readonly Task<string> _error;
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();

    private ServeProcess(Process process, Uri? url)
    {
        Process = process;
        Url = url;
        _error = ReadAsync(process.StandardError);
    }

    public Process Process { get; }

    /// <summary>Where webhooks go; null when it only polls.</summary>
    public Uri? Url { get; }

    public Uri? MetricsUrl { get; private init; }

    /// <summary>Its log; waits for its end.</summary>
    public Task<string> ErrorAsync() => _error;

    /// <summary>Starts it for a desk. With webhooks, the stand-in is told where to send them.</summary>
    public static async Task<ServeProcess> StartAsync(Desk desk, params string[] arguments)
    {
        desk.Environment["FIELDMEDIC_WEBHOOK_SECRET"] = Secret;
        var process = desk.Start(["serve", "--listen", "http://127.0.0.1:0", .. arguments]);
        var line = await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
        line.ShouldNotBeNull(await ErrorOfAsync(process, line)).ShouldStartWith("Serving ");
        var url = UrlAfter(line, "Webhooks at ");
        if (url is not null)
        {
            desk.GitHub.Webhooks.Target(new WebhookTarget(url, () => Secret));
        }

        return new ServeProcess(process, url) { MetricsUrl = UrlAfter(line, "Metrics at ") };
    }

    private static Uri? UrlAfter(string line, string words)
    {
        var at = line.IndexOf(words, StringComparison.Ordinal);
        return at < 0 ? null : new Uri(line[(at + words.Length)..].Split(' ')[0].TrimEnd('.'));
    }

    /// <summary>Waits until so many deliveries were finished, and gives their places in the inbox.</summary>
    public async Task<List<long>> FinishedAsync(int count)
    {
        var finished = new List<long>();
        while (finished.Count < count)
        {
            finished.AddRange(FloodTests.Finished(await _lines.Reader.ReadAsync(TestContext.Current.CancellationToken)));
        }

        return finished;
    }

    /// <summary>Waits for a line of its log with one of these in it.</summary>
    public async Task LineAsync(params string[] texts)
    {
        while (await _lines.Reader.ReadAsync(TestContext.Current.CancellationToken) is var line && !texts.Any(t => line.Contains(t, StringComparison.Ordinal)))
        {
        }
    }

    /// <summary>SIGTERM; gives the exit code and how long it took.</summary>
    public async Task<(int Code, TimeSpan Took)> StopAsync()
    {
        var from = TimeProvider.System.GetTimestamp();
        using (var kill = Process.Start("kill", ["-s", "TERM", Process.Id.ToString(CultureInfo.InvariantCulture)]))
        {
            await Process.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        return (Process.ExitCode, TimeProvider.System.GetElapsedTime(from));
    }

    public async ValueTask DisposeAsync()
    {
        if (!Process.HasExited)
        {
            Process.Kill();
            await Process.WaitForExitAsync(CancellationToken.None);
        }

        Process.Dispose();
    }

    private async Task<string> ReadAsync(StreamReader reader)
    {
        var all = new StringBuilder();
        while (await reader.ReadLineAsync(CancellationToken.None) is { } line)
        {
            all.AppendLine(line);
            _lines.Writer.TryWrite(line);
        }

        _lines.Writer.TryComplete();
        return all.ToString();
    }

    private static async Task<string> ErrorOfAsync(Process process, string? line)
        => line is null ? await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken) : "";
}
