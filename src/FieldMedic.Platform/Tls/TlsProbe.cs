using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using FieldMedic.Incidents;
using FieldMedic.Packs;
using FieldMedic.Platform.Docker;
using FieldMedic.Platform.Ssh;
using FieldMedic.Systems;

namespace FieldMedic.Platform.Tls;

/// <summary>
/// The certificate users meet, not the one on disk: a server goes on with the old one until it is told. The file is read beside it, so
/// that "renewed and not served" can be told from "not renewed".
/// </summary>
internal sealed class TlsProbe(ProbeSpec spec, Pack pack, DockerEngine? docker, TimeProvider time) : IProbe
{
    private readonly TlsProbeSettings _settings = (TlsProbeSettings)spec.Settings;

    public string Name => spec.Name;

    public TimeSpan Timeout => spec.Timeout;

    public bool Required => spec.Required;

    public async Task<IReadOnlyList<Observation>> MeasureAsync(CancellationToken cancellationToken)
    {
        var reading = OnDiskAsync(cancellationToken);
        await using var connection = await ConnectAsync(cancellationToken).ConfigureAwait(false);
        using var served = await ServedCertificate.ReadAsync(connection, _settings.Host, cancellationToken).ConfigureAwait(false);
        using var authority = _settings.CaFile is { Length: > 0 } file && Path.Combine(pack.Folder, file) is var path && File.Exists(path) ? X509CertificateLoader.LoadCertificateFromFile(path) : null;
        var (onDisk, whyNot) = await reading.ConfigureAwait(false);
        using var _ = onDisk;
        var now = time.GetUtcNow();
        var (from, until) = Validity(served.Leaf);
        return
        [
            Of("expired", ObservedValue.Of(now > until)),
            Of("not_yet_valid", ObservedValue.Of(now < from)),
            Of("days_left", ObservedValue.Of(Days(until - now))),
            Of("not_after", ObservedValue.Of(until.ToString("yyyy-MM-dd HH:mm 'UTC'", null))),
            Of("chain_ok", ObservedValue.Of(served.IsTrusted(authority))),
            Of("name_ok", ObservedValue.Of(served.IsNameRight)),
            Of("file_days_left", onDisk is null ? ObservedValue.Unknown(whyNot) : ObservedValue.Of(Days(Validity(onDisk).Until - now))),
            Of("renewed_unserved", onDisk is null
                ? ObservedValue.Unknown(whyNot)
                : ObservedValue.Of(onDisk.Thumbprint != served.Leaf.Thumbprint && Validity(onDisk) is var other && other.Until > until && other.From <= now && other.Until > now)),
        ];

        Observation Of(string field, ObservedValue value) => new($"{spec.Name}.{field}", value, now, $"served until {until:yyyy-MM-dd}");
    }

    /// <summary>"localhost" of a system at the other end of ssh is that host.</summary>
    private async Task<Stream> ConnectAsync(CancellationToken cancellationToken)
    {
        if (docker?.Ssh is { } ssh && SshLink.IsLocal(_settings.Host))
        {
            var line = await ssh.ReachAsync(cancellationToken).ConfigureAwait(false);
            return await line.DialAsync(SshLink.Local(_settings.Port), cancellationToken).ConfigureAwait(false);
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(_settings.Host, _settings.Port, cancellationToken).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>The first certificate of the file, or why there is none. That it cannot be read says nothing about what is served.</summary>
    private async Task<(X509Certificate2? Certificate, string WhyNot)> OnDiskAsync(CancellationToken cancellationToken)
    {
        if (docker is null || _settings.Service is not { } service || _settings.Path is not { } path)
        {
            return (null, "no certificate file is named");
        }

        try
        {
            var containers = await docker.ServiceAsync(pack.ComposeProject!, service, cancellationToken).ConfigureAwait(false);
            if (containers.FirstOrDefault(c => c is { Running: true, Paused: false, Restarting: false }) is not { } container)
            {
                return (null, $"no container of {service} runs");
            }

            var ran = await docker.ExecAsync(container.Id, ["cat", path], [], cancellationToken).ConfigureAwait(false);
            return ran.ExitCode == 0 ? (X509Certificate2.CreateFromPem(ran.Output), "") : (null, "the certificate file cannot be read");
        }
        catch (CryptographicException)
        {
            return (null, "the certificate file holds no certificate");
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            return (null, "the certificate file could not be reached");
        }
    }

    private static (DateTimeOffset From, DateTimeOffset Until) Validity(X509Certificate2 certificate) => (certificate.NotBefore, certificate.NotAfter);

    private static double Days(TimeSpan left) => Math.Round(left.TotalDays, 1);
}
