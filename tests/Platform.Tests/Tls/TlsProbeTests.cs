using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using FieldMedic.Incidents;
using FieldMedic.Platform.Tls;

namespace FieldMedic.Platform.Tests.Tls;

public sealed class TlsProbeTests : IDisposable
{
    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();
    private readonly TemporaryFolder _folder = new();
    private readonly X509Certificate2 _authority = Authority();

    public void Dispose()
    {
        _authority.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Measure_ValidCertificateOfATrustedAuthority_SaysSo()
    {
        var seen = await MeasureAsync(Leaf("localhost", Now.AddDays(-1), Now.AddDays(30)));

        Flags(seen).ShouldBe((false, false, true, true));
        seen["site.days_left"].Number.ShouldBe(30, 0.2);
        seen["site.renewed_unserved"].IsUnknown.ShouldBeTrue();
    }

    [Fact]
    public async Task Measure_Expired_IsExpiredAndStillTrustedAndNamed()
    {
        var seen = await MeasureAsync(Leaf("localhost", Now.AddDays(-30), Now.AddDays(-3)));

        Flags(seen).ShouldBe((true, false, true, true));
        seen["site.days_left"].Number.ShouldBe(-3, 0.2);
    }

    [Fact]
    public async Task Measure_NotYetValid_IsNotYetValid()
        => Flags(await MeasureAsync(Leaf("localhost", Now.AddDays(2), Now.AddDays(30)))).ShouldBe((false, true, true, true));

    [Fact]
    public async Task Measure_AnotherName_IsNotTheName()
        => Flags(await MeasureAsync(Leaf("elsewhere.example", Now.AddDays(-1), Now.AddDays(30)))).ShouldBe((false, false, true, false));

    [Fact]
    public async Task Measure_AnotherAuthority_IsNotTrusted()
    {
        using var other = Authority();

        Flags(await MeasureAsync(Leaf("localhost", Now.AddDays(-1), Now.AddDays(30), other))).ShouldBe((false, false, false, true));
    }

    [Fact]
    public async Task Measure_NobodyListens_IsUnknown()
    {
        var snapshot = await Connected.MeasureAsync(Connected.Pack(_folder.Path, Connected.Probe("site", "tls", new TlsProbeSettings { Host = "localhost", Port = 1 })));

        snapshot.Probes.Single().Failure.ShouldNotBeNull();
        snapshot.Find("site.expired").ShouldBeNull();
    }

    [Fact]
    public async Task Measure_SpeaksNoTls_IsUnknown()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var talking = Task.Run(async () =>
        {
            using var client = await listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
            await client.GetStream().WriteAsync("HTTP/1.1 400 Bad Request\r\n\r\n"u8.ToArray(), TestContext.Current.CancellationToken);
        }, TestContext.Current.CancellationToken);

        var snapshot = await Connected.MeasureAsync(Connected.Pack(_folder.Path, Connected.Probe("site", "tls", new TlsProbeSettings { Host = "127.0.0.1", Port = ((IPEndPoint)listener.LocalEndpoint).Port })));
        await talking;

        snapshot.Probes.Single().Failure.ShouldNotBeNull();
    }

    private static (bool Expired, bool NotYet, bool Chain, bool Name) Flags(Dictionary<string, ObservedValue> seen)
        => (seen["site.expired"] == ObservedValue.Of(true), seen["site.not_yet_valid"] == ObservedValue.Of(true), seen["site.chain_ok"] == ObservedValue.Of(true), seen["site.name_ok"] == ObservedValue.Of(true));

    private async Task<Dictionary<string, ObservedValue>> MeasureAsync(X509Certificate2 leaf)
    {
        await File.WriteAllTextAsync(Path.Combine(_folder.Path, "ca.pem"), _authority.ExportCertificatePem(), TestContext.Current.CancellationToken);
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var serving = Task.Run(async () =>
        {
            using var client = await listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
            await using var stream = new SslStream(client.GetStream());
            await stream.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = leaf }, TestContext.Current.CancellationToken);
        }, TestContext.Current.CancellationToken);
        var snapshot = await Connected.MeasureAsync(Connected.Pack(_folder.Path, Connected.Probe("site", "tls", new TlsProbeSettings { Host = "localhost", Port = ((IPEndPoint)listener.LocalEndpoint).Port, CaFile = "ca.pem" })));
        await serving;
        leaf.Dispose();
        snapshot.Probes.Single().Failure.ShouldBeNull();
        return snapshot.Observations.ToDictionary(o => o.Name, o => o.Value, StringComparer.Ordinal);
    }

    private X509Certificate2 Leaf(string name, DateTimeOffset from, DateTimeOffset until, X509Certificate2? authority = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        using var signed = request.Create(authority ?? _authority, from, until, [1, 2, 3, 4]);
        using var withKey = signed.CopyWithPrivateKey(key);
        return X509CertificateLoader.LoadPkcs12(withKey.Export(X509ContentType.Pkcs12), null);
    }

    private static X509Certificate2 Authority()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN=Test authority {Random.Shared.Next():x8}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        return request.CreateSelfSigned(Now.AddDays(-365), Now.AddDays(365));
    }
}
