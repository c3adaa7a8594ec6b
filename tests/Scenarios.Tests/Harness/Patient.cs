using System.ComponentModel;
using System.Globalization;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace FieldMedic.Scenarios.Tests.Harness;

/// <summary>The sandbox's compose stack: real containers, made sick by the tests and made well again before the next one.</summary>
public sealed class Patient : IAsyncLifetime
{
    private readonly Dictionary<string, string> _settings = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _certificates = new(StringComparer.Ordinal);
    private string? _absence;
    private bool _isDirty;
    private bool _isBent;

    private string Squatter => $"fieldmedic.squatter={Project}";

    public string Project => _settings["COMPOSE_PROJECT_NAME"];

    public string WorkerOne => Container("worker_wrapper", 1);

    public string WorkerTwo => Container("worker_wrapper", 2);

    public string this[string setting] => _settings[setting];

    private static bool NothingMaySkip =>
        Environment.GetEnvironmentVariable("CI") == "true" || Environment.GetEnvironmentVariable("FIELDMEDIC_REQUIRE_DOCKER") == "1";

    public async ValueTask InitializeAsync()
    {
        _absence = await WhyNoDockerAsync();
        if (_absence is not null)
        {
            return;
        }

        var reset = File.Exists(Path.Combine(Checkout.Sandbox, ".env")) ? await Child.RunAsync(Path.Combine(Checkout.Sandbox, "reset")) : default;
        if (reset.Output is null || reset.ExitCode != 0)
        {
            var (exitCode, output, error) = await Child.RunAsync(Path.Combine(Checkout.Sandbox, "up"));
            if (exitCode != 0)
            {
                _absence = $"docker is there, but the sandbox patient did not come up: {output}{error}";
                return;
            }
        }

        foreach (var line in await File.ReadAllLinesAsync(Path.Combine(Checkout.Sandbox, ".env")))
        {
            if (line.Split('=', 2) is [{ Length: > 0 } name, var value])
            {
                _settings[name] = value;
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_isDirty)
        {
            await TidyAsync();
            await Child.RunAsync(Path.Combine(Checkout.Sandbox, "reset"), _isBent ? ["--recreate"] : []);
        }
    }

    /// <summary>A clean and healthy patient, or the test ends here: skipped, or failed where nothing may be skipped.</summary>
    public async Task BeReadyAsync()
    {
        if (NothingMaySkip)
        {
            Assert.True(_absence is null, _absence);
        }

        Assert.SkipWhen(_absence is not null, _absence ?? "");
        if (_isDirty)
        {
            await TidyAsync();
            await Child.MustAsync(Path.Combine(Checkout.Sandbox, "reset"), _isBent ? ["--recreate"] : []);
            _isDirty = _isBent = false;
        }
    }

    public string Container(string service, int number = 1) => string.Create(CultureInfo.InvariantCulture, $"{Project}-{service}-{number}");

    /// <summary>Does something to the patient that the next test must not find.</summary>
    public async Task HurtAsync(params string[] dockerArguments)
    {
        _isDirty = true;
        await Child.MustAsync("docker", dockerArguments);
    }

    /// <summary>Changes a container itself, so that the next test needs a new one.</summary>
    public async Task BendAsync(params string[] dockerArguments)
    {
        _isBent = true;
        await HurtAsync(dockerArguments);
    }

    /// <summary>Waits until the daemon says so about a container.</summary>
    public static async Task UntilAsync(string container, string format, Func<string, bool> isSo)
    {
        string seen;
        do
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            seen = (await Child.MustAsync("docker", "inspect", "--format", format, container)).Trim();
        }
        while (!isSo(seen));
    }

    /// <summary>Runs compose on the patient with some of its settings changed.</summary>
    public async Task ComposeAsync(Dictionary<string, string> settings, params string[] arguments)
    {
        _isDirty = true;
        var (exitCode, output, error) = await Child.RunAsync(settings, Checkout.Sandbox, "docker", ["compose", .. arguments]);
        Assert.True(exitCode == 0, $"docker compose {string.Join(' ', arguments)} ended with {exitCode}: {output}{error}");
    }

    /// <summary>The app comes up again under another address: its old one is taken by somebody else.</summary>
    public async Task MoveAppAsync()
    {
        var network = $"{Project}_default";
        var old = await AddressAsync(Container("app"));
        await HurtAsync("rm", "--force", Container("app"));
        string taken;
        do
        {
            // The daemon gives out the lowest free address; there may be lower ones than the app's.
            var squatter = await Child.MustAsync("docker", "run", "--detach", "--label", Squatter, "--network", network, $"{Project}-app", "sleep", "600");
            taken = await AddressAsync(squatter.Trim());
        }
        while (taken != old);

        await ComposeAsync([], "up", "--detach", "--no-deps", "app");

        async Task<string> AddressAsync(string container)
            => (await Child.MustAsync("docker", "inspect", "--format", $"{{{{(index .NetworkSettings.Networks \"{network}\").IPAddress}}}}", container)).Trim();
    }

    /// <summary>Another certificate on nginx's disk, by the sandbox's own authority; served from the next reload on.</summary>
    public async Task WriteCertificateAsync(DateTimeOffset from, DateTimeOffset until)
    {
        _isDirty = true;
        var folder = Path.Combine(Checkout.Sandbox, ".state");
        using var authority = X509Certificate2.CreateFromPemFile(Path.Combine(folder, "ca", "ca.pem"), Path.Combine(folder, "ca", "ca-key.pem"));
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        using var leaf = request.Create(authority.SubjectName, X509SignatureGenerator.CreateForECDsa(authority.GetECDsaPrivateKey()!), from, until, RandomNumberGenerator.GetBytes(8));
        foreach (var (name, text) in new[] { ("localhost.pem", leaf.ExportCertificatePem()), ("localhost-key.pem", key.ExportPkcs8PrivateKeyPem()) })
        {
            var file = Path.Combine(folder, "certs", name);
            _certificates.TryAdd(file, await File.ReadAllTextAsync(file));
            await File.WriteAllTextAsync(file, text + "\n");
        }
    }

    /// <summary>Has nginx read its files again and waits until it serves the certificate on the disk: the command itself only sends a signal.</summary>
    public async Task ReloadNginxAsync()
    {
        await HurtAsync("exec", Container("nginx"), "nginx", "-s", "reload");
        using var onDisk = X509CertificateLoader.LoadCertificateFromFile(Path.Combine(Checkout.Sandbox, ".state", "certs", "localhost.pem"));
        while (!await IsServedAsync(onDisk))
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
        }
    }

    private async Task<bool> IsServedAsync(X509Certificate2 certificate)
    {
        using var client = new TcpClient();
        await client.ConnectAsync("localhost", int.Parse(this["WEB_HTTPS_PORT"], CultureInfo.InvariantCulture), TestContext.Current.CancellationToken);
        await using var tls = new SslStream(client.GetStream());
        try
        {
            await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
            {
                TargetHost = "localhost",
                RemoteCertificateValidationCallback = (_, served, _, _) => served?.GetCertHashString() == certificate.Thumbprint,
            });
            return true;
        }
        catch (AuthenticationException)
        {
            return false;
        }
    }

    public Task KillWorkersAsync() => HurtAsync("kill", WorkerOne, WorkerTwo);

    public async Task InsertJobsAsync(int count)
    {
        _isDirty = true;
        await Child.MustAsync(Path.Combine(Checkout.Sandbox, "insert-jobs"), count.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>One number out of the database, asked past everything that is tested.</summary>
    public async Task<int> CountAsync(string query)
    {
        var answer = await Child.MustAsync(
            "docker", "exec", Container("db"), "timeout", "5", "psql", "-U", this["POSTGRES_USER"], "-d", this["POSTGRES_DB"], "-Atc", query);
        return int.Parse(answer, CultureInfo.InvariantCulture);
    }

    /// <summary>Any one SQL statement as the app's role; the database counts as dirty afterwards.</summary>
    public async Task<string> SqlAsync(string sql)
    {
        _isDirty = true;
        var answer = await Child.MustAsync(
            "docker", "exec", Container("db"), "timeout", "5", "psql", "-qX", "-U", this["POSTGRES_USER"], "-d", this["POSTGRES_DB"], "-Atc", sql);
        return answer.Trim();
    }

    /// <summary>Puts back what the sandbox's reset does not know of.</summary>
    private async Task TidyAsync()
    {
        foreach (var (file, text) in _certificates)
        {
            await File.WriteAllTextAsync(file, text);
        }

        if (_certificates.Count > 0)
        {
            _certificates.Clear();
            await Child.RunAsync("docker", "restart", "--time", "1", Container("nginx"));
        }

        var squatters = await Child.MustAsync("docker", "ps", "--all", "--quiet", "--filter", $"label={Squatter}");
        if (squatters.Split('\n', StringSplitOptions.RemoveEmptyEntries) is { Length: > 0 } ids)
        {
            await Child.MustAsync("docker", ["rm", "--force", .. ids]);
        }
    }

    private static async Task<string?> WhyNoDockerAsync()
    {
        try
        {
            var (exitCode, _, error) = await Child.RunAsync("docker", "version", "--format", "{{.Server.Version}}");
            return exitCode == 0 ? null : $"docker does not answer (run sandbox/docker/install): {error.Trim()}";
        }
        catch (Win32Exception)
        {
            return "docker is not installed (run sandbox/docker/install)";
        }
    }
}
