using System.Net.Sockets;
using System.Text;
using FieldMedic.Incidents;
using FieldMedic.Packs;
using FieldMedic.Platform.Docker;
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
            await client.GetStream().WriteAsync("version\r\n"u8.ToArray(), both.Token).ConfigureAwait(false);
            var buffer = new byte[256];
            var read = await client.GetStream().ReadAsync(buffer, both.Token).ConfigureAwait(false);
            var isVersion = Encoding.ASCII.GetString(buffer, 0, read).StartsWith("VERSION ", StringComparison.Ordinal);
            return Answer(isVersion, isVersion ? "version answered" : "not memcached's answer", time.GetElapsedTime(started));
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
