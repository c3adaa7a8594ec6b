using System.Collections.Concurrent;
using System.Diagnostics;
using FieldMedic.Packs;
using FieldMedic.Platform.Tests.Docker;
using FieldMedic.Testing;

namespace FieldMedic.Platform.Tests.Ssh;

/// <summary>A password comes from the environment and is seen nowhere else. Needs an account of its own, so root.</summary>
[Collection(nameof(Alone))]
[Trait("needs", "docker")]
public sealed class SshPasswordTests : IAsyncLifetime
{
    private const string Password = "t0p-secret-of-the-test-7731";
    private const string Variable = "FIELDMEDIC_TEST_SSH_WORD";
    private readonly EmptyProject _project = new();
    private readonly string _account = $"fmt{Random.Shared.Next():x7}";
    private bool _made;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipUnless(Environment.UserName == "root", "needs root, to make an account with a password");
        await RunAsync("useradd", null, "--create-home", "--groups", "docker", _account);
        _made = true;
        await RunAsync("chpasswd", $"{_account}:{Password}\n");
    }

    public async ValueTask DisposeAsync()
    {
        Environment.SetEnvironmentVariable(Variable, null);
        if (_made)
        {
            await RunAsync("userdel", null, "--remove", "--force", _account);
        }

        await _project.DisposeAsync();
    }

    [Fact]
    public async Task Measure_PasswordOfTheEnvironment_LogsInAndIsInNoCommandLine()
    {
        await using var sshd = await SshProject.StartAsync("PasswordAuthentication yes\nKbdInteractiveAuthentication no");
        await _project.RunAsync("calm", [], "sleep", "3600");
        Environment.SetEnvironmentVariable(Variable, Password);
        using var watching = new CancellationTokenSource();
        var seen = new ConcurrentBag<string>();
        var watch = Task.Run(() =>
        {
            while (!watching.IsCancellationRequested)
            {
                Array.ForEach(SshProject.Processes(Password), seen.Add);
            }
        }, TestContext.Current.CancellationToken);

        var snapshot = await MeasureAsync(sshd);
        await watching.CancelAsync();
        await watch;

        snapshot.IsObservable.ShouldBeTrue(snapshot.Probes[0].Failure);
        snapshot["calm.running"].Number.ShouldBe(1);
        seen.ShouldBeEmpty();
        sshd.Log().ShouldContain($"Accepted password for {_account}");
    }

    [Fact]
    public async Task Measure_WrongPassword_IsRefusedAfterOneTryAndNotRepeated()
    {
        await using var sshd = await SshProject.StartAsync("PasswordAuthentication yes\nKbdInteractiveAuthentication no");
        Environment.SetEnvironmentVariable(Variable, Password + "-wrong");

        var snapshot = await MeasureAsync(sshd);

        snapshot.IsObservable.ShouldBeFalse();
        snapshot.Probes[0].Failure!.ShouldContain("does not accept the login");
        snapshot.Probes[0].Failure!.ShouldNotContain(Password);
        (sshd.Log().Split("Failed password").Length - 1).ShouldBe(1);
    }

    [Fact]
    public async Task Measure_PasswordAndUnknownHostKey_SendsNothing()
    {
        await using var sshd = await SshProject.StartAsync("PasswordAuthentication yes");
        Environment.SetEnvironmentVariable(Variable, Password);

        var snapshot = await MeasureAsync(sshd, sshd.KnowsNobody());

        snapshot.Probes[0].Failure!.ShouldContain("key is not known here");
        sshd.Log().ShouldNotContain("password");
    }

    private async Task<Incidents.Snapshot> MeasureAsync(Sshd sshd, string? knownHosts = null)
    {
        var login = new SshSpec { KnownHostsFile = knownHosts ?? sshd.KnownHosts, PasswordEnv = Variable };
        using var connected = new Connected(_project.Pack(sshd, sshd.Address.Replace("root@", $"{_account}@", StringComparison.Ordinal), login));
        var snapshot = await connected.SweepAsync();
        connected.Secrets.Current().ShouldContain(Environment.GetEnvironmentVariable(Variable)!);
        return snapshot;
    }

    private static async Task RunAsync(string program, string? input, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        await process.StandardInput.WriteAsync(input ?? "");
        process.StandardInput.Close();
        var error = await process.StandardError.ReadToEndAsync(CancellationToken.None);
        await process.WaitForExitAsync(CancellationToken.None);
        (process.ExitCode == 0 || program == "userdel").ShouldBeTrue($"{program}: {error}");
    }
}
