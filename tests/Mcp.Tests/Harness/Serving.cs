using System.Diagnostics;

namespace FieldMedic.Mcp.Tests.Harness;

/// <summary>A real <c>fieldmedic serve</c> for a ward.</summary>
internal sealed class Serving : IAsyncDisposable
{
    private readonly Process _process;

    private Serving(Process process, Uri url) => (_process, Url) = (process, url);

    public Uri Url { get; }

    /// <param name="token">For MCP; null sets none.</param>
    public static async Task<Serving> StartAsync(Ward ward, string? token)
    {
        ward.Environment["FIELDMEDIC_WEBHOOK_SECRET"] = "a secret of the webhook";
        ward.Environment["FIELDMEDIC_MCP_HTTP_TOKEN"] = token;
        var process = ward.Start(Ward.Executable, "serve", "--listen", "http://127.0.0.1:0");
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        var line = await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
        line.ShouldNotBeNull().ShouldContain("/webhooks/github");
        return new Serving(process, new Uri(line[line.IndexOf("http://", StringComparison.Ordinal)..line.IndexOf("webhooks/", StringComparison.Ordinal)]));
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
    }
}
