using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using FieldMedic.Incidents;
using FieldMedic.Packs;
using FieldMedic.Platform.Commands;
using FieldMedic.Platform.Docker;
using FieldMedic.Platform.Host;
using FieldMedic.Platform.Tests.Docker;
using FieldMedic.Testing;

namespace FieldMedic.Platform.Tests.Ssh;

/// <summary>The shipped example (deploy/ssh) with a real account: what is listed works, everything else is refused. Needs root.</summary>
[Collection(nameof(Alone))]
[Trait("needs", "docker")]
public sealed class LeastPrivilegeTests : IAsyncLifetime
{
    private static readonly string[] Allowed = ["echo", "41"];
    private readonly string _account = $"fmt{Random.Shared.Next():x7}";
    private readonly EmptyProject _project = new();
    private readonly EmptyProject _other = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("fmlp-").FullName;
    private readonly HttpMessageInvoker _client;
    private Process? _filter;
    private Sshd? _sshd;

    public LeastPrivilegeTests() => _client = new HttpMessageInvoker(new SocketsHttpHandler
    {
        ConnectCallback = async (_, token) =>
        {
            var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(FilterSocket), token);
            return new NetworkStream(socket, ownsSocket: true);
        },
    });

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string FilterSocket => Path.Combine(_folder, "docker.sock");

    public async ValueTask InitializeAsync()
    {
        await Daemon.RequireAsync();
        var whyNot = Environment.UserName != "root" ? "needs root, to make an account" : File.Exists("/usr/bin/python3") ? Sshd.WhyNot() : "needs python3, for the filter";
        Assert.SkipWhen(whyNot is not null, whyNot ?? "");
        await RunAsync("useradd", "--create-home", "--shell", "/bin/sh", "--password", "*", _account);
        File.SetUnixFileMode(_folder, (UnixFileMode)0b111_101_101);
        File.Copy(Shipped("host-figures"), Path.Combine(_folder, "host-figures"));
        await File.WriteAllTextAsync(Path.Combine(_folder, "rules.json"), JsonSerializer.Serialize(new[] { new { service = "calm", argv = Allowed } }), Token);
        _filter = Process.Start(new ProcessStartInfo("python3", [Shipped("docker-filter"), "--project", _project.Name, "--rules", Path.Combine(_folder, "rules.json"), "--listen", FilterSocket, "--group", _account]))!;
        _sshd = await Sshd.StartAsync(OurNames(await File.ReadAllTextAsync(Shipped("sshd_fieldmedic.conf"), Token)));
        var key = (await File.ReadAllTextAsync(_sshd.AuthorizedKeys, Token)).Trim();
        var line = OurNames(await File.ReadAllTextAsync(Shipped("authorized_keys"), Token));
        await File.WriteAllTextAsync(_sshd.AuthorizedKeys, line[..line.IndexOf("ssh-ed25519", StringComparison.Ordinal)] + key + "\n", Token);
        await _project.RunAsync("calm", [], "sleep", "3600");
        await _other.RunAsync("calm", [], "sleep", "3600");
        await Eventually.Async(() => File.Exists(FilterSocket));
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        _filter?.Kill();
        _filter?.Dispose();
        await (_sshd?.DisposeAsync() ?? ValueTask.CompletedTask);
        await _project.DisposeAsync();
        await _other.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
        if (Environment.UserName == "root")
        {
            await RunAsync("userdel", "--remove", "--force", _account);
        }
    }

    [Fact]
    public async Task Account_WhatThePackLists_Works()
    {
        var host = Connected.Probe("host", "host", new HostProbeSettings());
        var known = Connected.Probe("known", "docker.exec", new DockerExecSettings { Service = "calm", Argv = Allowed, Parse = CommandParse.Number });
        var unknown = Connected.Probe("unknown", "docker.exec", new DockerExecSettings { Service = "calm", Argv = ["id"], Parse = CommandParse.Line }) with { Required = false };
        using var connected = new Connected(_project.Pack(_sshd!, Address(FilterSocket), probes: [host, known, unknown]));
        var since = TimeProvider.System.GetUtcNow();

        var snapshot = await connected.SweepAsync();
        var restarted = await connected.Action("restart").ExecuteAsync(SshConnectionTests.Planned("restart", _project.Container("calm")), Token);

        snapshot.IsObservable.ShouldBeTrue(snapshot.Probes[0].Failure);
        snapshot["calm.running"].Number.ShouldBe(1);
        snapshot["host.memory_total_bytes"].Number.ShouldBeGreaterThan(1e8);
        snapshot["known.value"].Number.ShouldBe(41);
        snapshot["unknown.line"].IsUnknown.ShouldBeTrue();
        snapshot.Probes.Single(p => p.Probe == "unknown").Failure!.ShouldContain("not in the rules");
        restarted.Succeeded.ShouldBeTrue(restarted.Detail);
        (await Daemon.EventsAsync(_project.Container("calm"), since)).Count(e => e == "restart").ShouldBe(1);
    }

    [Fact]
    public async Task Account_DockersOwnSocket_IsShut()
    {
        using var connected = new Connected(_project.Pack(_sshd!, Address("")));

        var snapshot = await connected.SweepAsync();

        snapshot.IsObservable.ShouldBeFalse();
        snapshot.Probes[0].Failure!.ShouldStartWith("Docker does not answer over ssh");
    }

    [Fact]
    public async Task Account_AnythingElse_IsRefused()
    {
        (string Option, string What)[] wishes =
        [
            ("shell", "id"),
            ("shell", "cat /proc/meminfo && cat /proc/loadavg && nproc && df -P -k /var/lib/docker && df -P -i /var/lib/docker; id"),
            ("shell", "cat /etc/passwd"),
            ("shell", ""),
            ("-tt", "cat /proc/meminfo"),
            ("-s", "sftp"),
            ("-W", "127.0.0.1:{port}"),
            ("-R", "0:127.0.0.1:22"),
        ];
        var logins = 0;
        foreach (var (option, what) in wishes.Select(w => (w.Option, w.What.Replace("{port}", _sshd!.Port.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal))))
        {
            List<string> arguments = ["-F", "none", "-i", _sshd!.Identity, "-o", "IdentitiesOnly=yes", "-o", $"UserKnownHostsFile={_sshd.KnownHosts}", "-o", "BatchMode=yes", "-o", "ExitOnForwardFailure=yes", "-p", _sshd.Port.ToString(CultureInfo.InvariantCulture), "-l", _account];
            arguments.AddRange(option switch
            {
                "shell" => ["127.0.0.1", .. what.Length > 0 ? new[] { what } : []],
                "-R" => ["-N", "-R", what, "127.0.0.1"],
                "-W" => ["-W", what, "127.0.0.1"],
                _ => [option, "127.0.0.1", what],
            });

            var (exitCode, output) = await TryAsync("ssh", [.. arguments]);

            exitCode.ShouldNotBe(0, $"{option} {what}");
            _sshd.Logins().ShouldBe(++logins, "it is let in, and may not do this");
            output.ShouldNotContain("uid=");
            output.ShouldNotContain("root:");
            output.ShouldNotContain("SSH-2.0");
        }
    }

    [Fact]
    public async Task Filter_NotOnTheList_IsRefusedAndNothingHappens()
    {
        (string Method, string Path, string Body)[] wishes =
        [
            ("GET", "/volumes", ""),
            ("DELETE", "/volumes/x", ""),
            ("POST", "/volumes/prune", ""),
            ("POST", "/containers/prune", ""),
            ("POST", "/images/prune", ""),
            ("POST", "/build/prune", ""),
            ("POST", "/images/create?fromImage=x", ""),
            ("POST", "/images/load", ""),
            ("POST", "/build", ""),
            ("POST", "/containers/create", ""),
            ("GET", "/secrets", ""),
            ("GET", "/v1.41/containers/json", ""),
            ("GET", "/events", ""),
            ("POST", "/networks/create", ""),
            ("GET", "/images/x/../../volumes/json", ""),
            ("DELETE", "/containers/{own}", ""),
            ("DELETE", "/containers/{own}?force=true&v=true", ""),
            ("POST", "/containers/{own}/kill", ""),
            ("POST", "/containers/{own}/stop", ""),
            ("POST", "/containers/{own}/update", ""),
            ("POST", "/containers/{own}/attach", ""),
            ("GET", "/containers/{own}/archive?path=/etc/passwd", ""),
            ("PUT", "/containers/{own}/archive?path=/", ""),
            ("GET", "/containers/{own}/export", ""),
            ("GET", "/containers/{other}/json", ""),
            ("GET", "/containers/{other}/logs?stdout=1", ""),
            ("POST", "/containers/{other}/restart", ""),
            ("POST", "/containers/{other}/exec", """{"Cmd":["echo","41"]}"""),
            ("POST", "/containers/{own}/exec", """{"Cmd":["echo","42"]}"""),
            ("POST", "/containers/{own}/exec", """{"Cmd":["echo","41"],"Privileged":true}"""),
            ("POST", "/containers/{own}/exec", """{"Cmd":["echo","41"],"User":"0"}"""),
            ("POST", "/containers/{own}/exec", """{"Cmd":["echo","41"],"Env":["LD_PRELOAD=/tmp/x"]}"""),
            ("POST", "/containers/{own}/exec", """{"Cmd":"echo 41"}"""),
            ("POST", "/containers/{own}/start", """{"HostConfig":{"Privileged":true}}"""),
        ];
        var since = TimeProvider.System.GetUtcNow();
        var (own, other) = (await IdAsync(_project), await IdAsync(_other));
        foreach (var (method, path, body) in wishes)
        {
            var address = $"http://docker{path.Replace("{own}", own, StringComparison.Ordinal).Replace("{other}", other, StringComparison.Ordinal)}";
            using var request = new HttpRequestMessage(new HttpMethod(method), address) { Content = body.Length > 0 ? new StringContent(body, Encoding.UTF8, "application/json") : null };

            using var answer = await _client.SendAsync(request, Token);

            answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden, $"{method} {path} {body}");
        }

        (await Daemon.EventsAsync(_project.Container("calm"), since)).ShouldBeEmpty();
        (await Daemon.EventsAsync(_other.Container("calm"), since)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Filter_CommandThatSomebodyElseMade_CannotBeStartedThroughIt()
    {
        using var daemon = new HttpMessageInvoker(new SocketsHttpHandler
        {
            ConnectCallback = async (_, token) =>
            {
                var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                await socket.ConnectAsync(new UnixDomainSocketEndPoint("/var/run/docker.sock"), token);
                return new NetworkStream(socket, ownsSocket: true);
            },
        });
        using var make = new HttpRequestMessage(HttpMethod.Post, $"http://docker/containers/{await IdAsync(_project)}/exec") { Content = new StringContent("""{"Cmd":["id"]}""", Encoding.UTF8, "application/json") };
        using var made = await daemon.SendAsync(make, Token);
        var id = JsonDocument.Parse(await made.Content.ReadAsStringAsync(Token)).RootElement.GetProperty("Id").GetString();
        using var start = new HttpRequestMessage(HttpMethod.Post, $"http://docker/exec/{id}/start") { Content = new StringContent("""{"Detach":false,"Tty":false}""", Encoding.UTF8, "application/json") };

        using var answer = await _client.SendAsync(start, Token);

        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public void HostFigures_Shipped_AllowsExactlyWhatIsAsked()
    {
        var script = File.ReadAllText(Shipped("host-figures"));

        script.ShouldContain($"figures='{RemoteHost.Command("/var/lib/docker")}'");
        script.ShouldContain($"kernel='{KernelLog.Remotely}'");
    }

    private static string Shipped(string name, [CallerFilePath] string caller = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(caller)!, "..", "..", "..", "deploy", "ssh", name));

    private string OurNames(string text) => text.Replace("Match User fieldmedic", $"Match User {_account}", StringComparison.Ordinal)
        .Replace("/usr/local/lib/fieldmedic", _folder, StringComparison.Ordinal)
        .Replace("/run/fieldmedic/docker.sock", FilterSocket, StringComparison.Ordinal);

    private string Address(string socket) => _sshd!.Address.Replace("root@", $"{_account}@", StringComparison.Ordinal) + socket;

    private static Task<string> IdAsync(EmptyProject project) => Daemon.RunAsync("inspect", "--format", "{{.Id}}", project.Container("calm"));

    private static async Task RunAsync(string program, params string[] arguments)
    {
        var (exitCode, output) = await TryAsync(program, arguments);
        (exitCode == 0 || program == "userdel").ShouldBeTrue(output);
    }

    private static async Task<(int ExitCode, string Output)> TryAsync(string program, string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!;
        process.StandardInput.Close();
        var error = process.StandardError.ReadToEndAsync(CancellationToken.None);
        var output = await process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(15));
        await process.WaitForExitAsync(limit.Token);
        return (process.ExitCode, output + await error);
    }
}
