using System.Globalization;
using System.Net.Sockets;
using System.Text;
using FieldMedic.Incidents;
using FieldMedic.Packs;
using FieldMedic.Platform.Docker;
using FieldMedic.Platform.Ssh;
using FieldMedic.Systems;

namespace FieldMedic.Platform.Memcached;

/// <summary>Talks to memcached at its container's address. A cache that does not answer in time is down; one that cannot be reached from here is unknown.</summary>
internal sealed class MemcachedProbe(ProbeSpec spec, Pack pack, DockerEngine docker, TimeProvider time) : IProbe
{
    private static readonly TimeSpan Margin = TimeSpan.FromMilliseconds(300);
    private readonly MemcachedProbeSettings _settings = (MemcachedProbeSettings)spec.Settings;

    public string Name => spec.Name;

    public TimeSpan Timeout => spec.Timeout;

    public bool Required => spec.Required;

    public async Task<IReadOnlyList<Observation>> MeasureAsync(CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var container = (await docker.ServiceAsync(pack.ComposeProject!, _settings.Service, cancellationToken).ConfigureAwait(false)).FirstOrDefault(c => c.IsUp);
        if (container is null)
        {
            return Answer(false, "no container runs", TimeSpan.Zero);
        }

        if (docker.Ssh is { } ssh && container.Addresses.Count > 0)
        {
            return await OverSshAsync(ssh, container.Addresses[0], started, cancellationToken).ConfigureAwait(false);
        }

        if (container.Addresses.Count == 0 || !await docker.RunsHereAsync(cancellationToken).ConfigureAwait(false))
        {
            throw new IOException("the container's address is not reachable from here");
        }

        using var own = new CancellationTokenSource(spec.Timeout > 2 * Margin ? spec.Timeout - Margin : spec.Timeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(own.Token, cancellationToken);
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(container.Addresses[0], _settings.Port, both.Token).ConfigureAwait(false);
            var said = await AskAsync(client.GetStream(), both.Token).ConfigureAwait(false);
            return Judge(said, started);
        }
        catch (OperationCanceledException) when (own.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return Answer(false, "no answer in time", time.GetElapsedTime(started));
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.ConnectionRefused or SocketError.ConnectionReset)
        {
            return Answer(false, "refused", time.GetElapsedTime(started));
        }
    }

    /// <summary>A port that is shut and a way that is shut look the same from here: only an answer counts.</summary>
    private async Task<IReadOnlyList<Observation>> OverSshAsync(SshLink ssh, string address, long started, CancellationToken cancellationToken)
    {
        var line = await ssh.ReachAsync(cancellationToken).ConfigureAwait(false);
        await using var stream = await line.DialAsync(string.Create(CultureInfo.InvariantCulture, $"{address}:{_settings.Port}"), cancellationToken).ConfigureAwait(false);
        return await AskAsync(stream, cancellationToken).ConfigureAwait(false) is { Length: > 0 } said ? Judge(said, started) : throw new IOException("over ssh: no answer came from there");
    }

    private static async Task<string> AskAsync(Stream stream, CancellationToken cancellationToken)
    {
        await stream.WriteAsync("version\r\n"u8.ToArray(), cancellationToken).ConfigureAwait(false);
        var buffer = new byte[256];
        var read = await stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        return Encoding.ASCII.GetString(buffer, 0, read);
    }

    private Observation[] Judge(string said, long started)
    {
        var isVersion = said.StartsWith("VERSION ", StringComparison.Ordinal);
        return Answer(isVersion, isVersion ? "version answered" : "not memcached's answer", time.GetElapsedTime(started));
    }

    private Observation[] Answer(bool ok, string evidence, TimeSpan elapsed)
    {
        var now = time.GetUtcNow();
        return
        [
            new($"{spec.Name}.ok", ObservedValue.Of(ok), now, evidence),
            new($"{spec.Name}.ms", ObservedValue.Of(Math.Round(elapsed.TotalMilliseconds)), now, evidence),
        ];
    }
}
