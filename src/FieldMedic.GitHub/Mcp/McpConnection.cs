using System.Security.Cryptography;
using System.Text;
using FieldMedic.Tracker;
using ModelContextProtocol;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace FieldMedic.GitHub.Mcp;

/// <summary>
/// The server as a child process, started at the first call and again when it has died or the token has changed. It gets the token
/// and a few plain variables, none of the rest of our environment, which holds secrets of the system under care.
/// </summary>
internal sealed class McpConnection(McpTrackerSettings settings, TimeProvider time) : IAsyncDisposable
{
    private static readonly string[] Handed = ["PATH", "HOME", "TMPDIR", "LANG", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "NODE_EXTRA_CA_CERTS", "npm_config_cache", "npm_config_registry"];
    private readonly SemaphoreSlim _gate = new(1, 1);
    private McpClient? _client;
    private byte[] _print = [];

    /// <summary>The JSON of the answer. Every failure is a <see cref="TrackerException"/>.</summary>
    public Task<string> CallAsync(McpTool tool, IReadOnlyDictionary<string, object?> arguments, string what, CancellationToken cancellationToken)
        => AskAsync(
            what,
            async (client, token) =>
            {
                var all = arguments.Concat(tool.Fixed.Select(f => KeyValuePair.Create(f.Key, (object?)f.Value))).ToDictionary(StringComparer.Ordinal);
                var result = await client.CallToolAsync(tool.Name, all, cancellationToken: token).ConfigureAwait(false);
                var text = result.Content.OfType<TextContentBlock>().FirstOrDefault()?.Text ?? "";
                return result.IsError == true ? throw Failure(what, text, null) : text;
            },
            cancellationToken);

    public Task<IReadOnlyList<string>> ToolsAsync(CancellationToken cancellationToken)
        => AskAsync<IReadOnlyList<string>>("list the tools", async (client, token) => [.. (await client.ListToolsAsync(cancellationToken: token).ConfigureAwait(false)).Select(t => t.Name)], cancellationToken);

    private async Task<T> AskAsync<T>(string what, Func<McpClient, CancellationToken, Task<T>> ask, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(settings.CallTimeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await ask(await ConnectAsync(both.Token).ConfigureAwait(false), both.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            await DropAsync().ConfigureAwait(false);
            throw new TrackerException(TrackerFailure.Unavailable, $"Could not {what}: the GitHub MCP server did not answer within {settings.CallTimeout.TotalSeconds:0} s.", e);
        }
        catch (McpProtocolException e)
        {
            throw Failure(what, e.Message, e);
        }
        catch (Exception e) when (e is not (TrackerException or OperationCanceledException))
        {
            await DropAsync().ConfigureAwait(false);
            throw new TrackerException(TrackerFailure.Unavailable, $"Could not {what}: the GitHub MCP server cannot be reached ({Plain(e.Message)}). Check mcp_command in fieldmedic.yaml.", e);
        }
        finally
        {
            _gate.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await DropAsync().ConfigureAwait(false);
        _gate.Dispose();
    }

    private async Task<McpClient> ConnectAsync(CancellationToken cancellationToken)
    {
        var token = settings.Token() ?? "";
        var print = SHA256.HashData(Encoding.UTF8.GetBytes(token));
        if (_client is { Completion.IsCompleted: false } && print.AsSpan().SequenceEqual(_print))
        {
            return _client;
        }

        await DropAsync().ConfigureAwait(false);
        var words = settings.Command.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var environment = Handed.Select(name => KeyValuePair.Create(name, Environment.GetEnvironmentVariable(name))).Where(v => v.Value is not null).ToDictionary(StringComparer.Ordinal);
        environment[settings.TokenVariable] = token;
        var transport = new StdioClientTransport(new StdioClientTransportOptions
        {
            Name = "github",
            Command = words[0],
            Arguments = words[1..],
            InheritEnvironmentVariables = false,
            EnvironmentVariables = environment,
        });
        _client = await McpClient.CreateAsync(transport, new McpClientOptions { ClientInfo = new Implementation { Name = "fieldmedic", Version = "1" } }, cancellationToken: cancellationToken).ConfigureAwait(false);
        _print = print;
        return _client;
    }

    private async Task DropAsync()
    {
        if (_client is { } client)
        {
            _client = null;
            await client.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>The server speaks in sentences; the words that the reference server uses tell what it means. Others count as "try again".</summary>
    private TrackerException Failure(string what, string said, Exception? inner)
    {
        var failure = said switch
        {
            _ when Says("Authentication Failed") || Says("Bad credentials") => TrackerFailure.Unauthorized,
            _ when Says("Permission Denied") => TrackerFailure.Forbidden,
            _ when Says("Not Found") => TrackerFailure.NotFound,
            _ when Says("Rate Limit") => TrackerFailure.RateLimited,
            _ when Says("Validation") || Says("Invalid input") || Says("Unknown tool") || Says("not found") => TrackerFailure.Invalid,
            _ => TrackerFailure.Unavailable,
        };
        return new TrackerException(failure, $"Could not {what}: the GitHub MCP server says: {Plain(said)}", inner);

        bool Says(string words) => said.Contains(words, StringComparison.Ordinal);
    }

    /// <summary>One short line without the token, whatever a server repeats.</summary>
    private string Plain(string text)
    {
        var line = text.Split('\n')[0].Trim();
        line = settings.Token() is { Length: > 0 } token ? line.Replace(token, "[redacted]", StringComparison.Ordinal) : line;
        return line.Length > 200 ? line[..200] + "…" : line;
    }
}
