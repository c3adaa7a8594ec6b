using System.Net;
using System.Net.Sockets;
using FieldMedic.Incidents;
using FieldMedic.Platform.Http;
using Microsoft.AspNetCore.Http;

namespace FieldMedic.Platform.Tests.Http;

public sealed class HttpProbeTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Measure_Answers_IsOk()
    {
        await using var site = await Site.StartAsync(c => c.Response.WriteAsync("welcome"));

        var snapshot = await MeasureAsync(new HttpProbeSettings { Url = site.Url, ExpectText = "welcome" });

        snapshot["site.ok"].ShouldBe(ObservedValue.Of(true));
        snapshot["site.status"].Number.ShouldBe(200);
        snapshot["site.ms"].Number.ShouldBeLessThan(5000);
    }

    [Fact]
    public async Task Measure_TextMissing_IsNotOk()
    {
        await using var site = await Site.StartAsync(c => c.Response.WriteAsync("maintenance"));

        (await MeasureAsync(new HttpProbeSettings { Url = site.Url, ExpectText = "welcome" }))["site.ok"].ShouldBe(ObservedValue.Of(false));
    }

    [Theory]
    [InlineData(500)]
    [InlineData(503)]
    [InlineData(204)]
    public async Task Measure_OtherStatus_IsNotOk(int status)
    {
        await using var site = await Site.StartAsync(c => Answer(c, status));

        var snapshot = await MeasureAsync(new HttpProbeSettings { Url = site.Url });

        snapshot["site.ok"].ShouldBe(ObservedValue.Of(false));
        snapshot["site.status"].Number.ShouldBe(status);
    }

    [Fact]
    public async Task Measure_Redirect_IsNotFollowed()
    {
        await using var site = await Site.StartAsync(c =>
        {
            if (c.Request.Path == "/elsewhere")
            {
                throw new InvalidOperationException("the redirect was followed");
            }

            c.Response.Redirect("/elsewhere");
            return Task.CompletedTask;
        });

        (await MeasureAsync(new HttpProbeSettings { Url = site.Url, ExpectStatus = 302 }))["site.ok"].ShouldBe(ObservedValue.Of(true));
        (await MeasureAsync(new HttpProbeSettings { Url = site.Url }))["site.ok"].ShouldBe(ObservedValue.Of(false));
        site.Requests.ShouldBe(2);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Measure_Hangs_IsDefinitelyNotOk(bool afterHeaders)
    {
        await using var site = await Site.StartAsync(async c =>
        {
            if (afterHeaders)
            {
                await c.Response.WriteAsync("{\"a\":", c.RequestAborted);
                await c.Response.Body.FlushAsync(c.RequestAborted);
            }

            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, c.RequestAborted);
        });

        var snapshot = await MeasureAsync(new HttpProbeSettings { Url = site.Url, Json = ["a"] }, seconds: 1);

        snapshot.IsObservable.ShouldBeTrue();
        snapshot["site.ok"].ShouldBe(ObservedValue.Of(false));
        snapshot["site.status"].Number.ShouldBe(0);
        snapshot["site.a"].IsUnknown.ShouldBeTrue();
        snapshot.Find("site.ok")!.Evidence.ShouldBe("no answer within 0.7 s");
        snapshot.Probes.Single().Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(1.5));
    }

    [Fact]
    public async Task Measure_AcceptsButNeverSpeaks_IsDefinitelyNotOk()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();

        var snapshot = await MeasureAsync(new HttpProbeSettings { Url = $"https://localhost:{((IPEndPoint)listener.LocalEndpoint).Port}/" }, seconds: 1);

        snapshot["site.ok"].ShouldBe(ObservedValue.Of(false));
    }

    [Fact]
    public async Task Measure_Refused_IsDefinitelyNotOk()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();

        var snapshot = await MeasureAsync(new HttpProbeSettings { Url = $"http://127.0.0.1:{port}/" });

        snapshot["site.ok"].ShouldBe(ObservedValue.Of(false));
        snapshot.Find("site.ok")!.Evidence.ShouldContain("refused");
    }

    [Fact]
    public async Task Measure_NotHttpAtAll_IsDefinitelyNotOk()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var answering = Task.Run(async () =>
        {
            using var client = await listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
            await client.GetStream().WriteAsync("SSH-2.0-hello\r\n\r\n"u8.ToArray(), TestContext.Current.CancellationToken);
        }, TestContext.Current.CancellationToken);

        var snapshot = await MeasureAsync(new HttpProbeSettings { Url = $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/" });

        await answering;
        snapshot["site.ok"].ShouldBe(ObservedValue.Of(false));
    }

    [Fact]
    public async Task Measure_EndlessBody_IsReadUpToTheCap()
    {
        await using var site = await Site.StartAsync(async c =>
        {
            var block = new byte[64 * 1024];
            block.AsSpan().Fill((byte)'x');
            while (!c.RequestAborted.IsCancellationRequested)
            {
                await c.Response.Body.WriteAsync(block, c.RequestAborted);
            }
        });

        var snapshot = await MeasureAsync(new HttpProbeSettings { Url = site.Url, Json = ["a"] });

        snapshot["site.ok"].ShouldBe(ObservedValue.Of(true));
        snapshot["site.a"].IsUnknown.ShouldBeTrue();
    }

    [Fact]
    public async Task Measure_JsonFields_AreStaleOnlyWithStaleAfter()
    {
        await using var site = await Site.StartAsync(c => c.Response.WriteAsync("""{"database": "ok", "n": 3, "up": true, "deep": {"a": 1}, "none": null}"""));
        var settings = new HttpProbeSettings { Url = site.Url, Json = ["database", "n", "up", "deep", "none", "absent"] };

        var fresh = await MeasureAsync(settings);
        var stale = await MeasureAsync(settings, staleAfter: TimeSpan.FromSeconds(60));

        fresh["site.database"].ShouldBe(ObservedValue.Of("ok"));
        fresh["site.n"].ShouldBe(ObservedValue.Of(3));
        fresh["site.up"].ShouldBe(ObservedValue.Of(true));
        new[] { "deep", "none", "absent" }.ShouldAllBe(f => fresh[$"site.{f}"].IsUnknown);
        stale["site.database"].IsUnknown.ShouldBeTrue();
        stale.Find("site.database")!.Value.ShouldBe(ObservedValue.Of("ok"));
        stale["site.ok"].ShouldBe(ObservedValue.Of(true));
        settings.IsFresh("site.database").ShouldBeFalse();
        settings.IsFresh("site.ok").ShouldBeTrue();
    }

    [Theory]
    [InlineData("<html>502</html>")]
    [InlineData("[1, 2]")]
    [InlineData("{\"database\": ")]
    [InlineData("")]
    public async Task Measure_NotAJsonObject_FieldsAreUnknown(string body)
    {
        await using var site = await Site.StartAsync(c => c.Response.WriteAsync(body));

        var snapshot = await MeasureAsync(new HttpProbeSettings { Url = site.Url, Json = ["database"] });

        snapshot["site.ok"].ShouldBe(ObservedValue.Of(true));
        snapshot["site.database"].IsUnknown.ShouldBeTrue();
    }

    [Fact]
    public async Task Measure_SelfMadeCertificate_IsRefusedUnlessThePackSaysSo()
    {
        using var certificate = Certificates.Signed(null, "localhost");
        await using var site = await Site.StartAsync(c => c.Response.WriteAsync("hello"), certificate);

        var strict = await MeasureAsync(new HttpProbeSettings { Url = site.Url });
        var lenient = await MeasureAsync(new HttpProbeSettings { Url = site.Url, VerifyTls = false });

        strict["site.ok"].ShouldBe(ObservedValue.Of(false));
        strict.Find("site.ok")!.Evidence.ShouldStartWith("SecureConnectionError");
        lenient["site.ok"].ShouldBe(ObservedValue.Of(true));
    }

    [Fact]
    public async Task Measure_PrivateAuthority_IsTrustedFromItsFileAlone()
    {
        using var authority = Certificates.Authority();
        using var other = Certificates.Authority();
        using var certificate = Certificates.Signed(authority, "localhost");
        File.WriteAllText(_folder.File("ca.pem"), authority.ExportCertificatePem());
        File.WriteAllText(_folder.File("other.pem"), other.ExportCertificatePem());
        await using var site = await Site.StartAsync(c => c.Response.WriteAsync("hello"), certificate);

        (await MeasureAsync(new HttpProbeSettings { Url = site.Url, CaFile = "ca.pem" }))["site.ok"].ShouldBe(ObservedValue.Of(true));
        (await MeasureAsync(new HttpProbeSettings { Url = site.Url, CaFile = "other.pem" }))["site.ok"].ShouldBe(ObservedValue.Of(false));
        (await MeasureAsync(new HttpProbeSettings { Url = site.Url, CaFile = "absent.pem" }))["site.ok"].ShouldBe(ObservedValue.Of(false));
    }

    [Fact]
    public async Task Measure_CertificateOfAnotherName_IsRefused()
    {
        using var authority = Certificates.Authority();
        using var certificate = Certificates.Signed(authority, "elsewhere.example");
        File.WriteAllText(_folder.File("ca.pem"), authority.ExportCertificatePem());
        await using var site = await Site.StartAsync(c => c.Response.WriteAsync("hello"), certificate);

        (await MeasureAsync(new HttpProbeSettings { Url = site.Url, CaFile = "ca.pem" }))["site.ok"].ShouldBe(ObservedValue.Of(false));
    }

    [Fact]
    public async Task Measure_ExpiredCertificate_IsRefused()
    {
        using var authority = Certificates.Authority();
        using var certificate = Certificates.Signed(authority, "localhost", expired: true);
        File.WriteAllText(_folder.File("ca.pem"), authority.ExportCertificatePem());
        await using var site = await Site.StartAsync(c => c.Response.WriteAsync("hello"), certificate);

        (await MeasureAsync(new HttpProbeSettings { Url = site.Url, CaFile = "ca.pem" }))["site.ok"].ShouldBe(ObservedValue.Of(false));
    }

    [Fact]
    public async Task Measure_BrokenAuthorityFile_IsUnknownAndNotBad()
    {
        File.WriteAllText(_folder.File("ca.pem"), "not a certificate");
        await using var site = await Site.StartAsync(c => c.Response.WriteAsync("hello"));

        var snapshot = await MeasureAsync(new HttpProbeSettings { Url = site.Url, CaFile = "ca.pem" });

        snapshot.IsObservable.ShouldBeFalse();
        snapshot["site.ok"].IsUnknown.ShouldBeTrue();
    }

    private static Task Answer(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    }

    private Task<Snapshot> MeasureAsync(HttpProbeSettings settings, double seconds = 5, TimeSpan staleAfter = default)
        => Connected.MeasureAsync(Connected.Pack(_folder.Path, Connected.Probe("site", "http", settings, seconds, staleAfter)));
}
