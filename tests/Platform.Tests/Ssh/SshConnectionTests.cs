using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using FieldMedic.Incidents;
using FieldMedic.Packs;
using FieldMedic.Platform.Tests.Docker;
using FieldMedic.Testing;

namespace FieldMedic.Platform.Tests.Ssh;

/// <summary>Over a real sshd: what is seen, who is trusted, and that nothing looks healthy when the way is shut.</summary>
[Trait("needs", "docker")]
public sealed class SshConnectionTests(EmptyProject project) : IClassFixture<EmptyProject>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Measure_KnownHostAndKey_SeesContainersAndTheHostOverOneConnection()
    {
        await using var sshd = await SshProject.StartAsync();
        await project.RunAsync("calm", [], "sleep", "3600");
        using var connected = new Connected(project.Pack(sshd, probes: SshProject.Host()));

        var snapshot = await connected.SweepAsync();
        await connected.SweepAsync();

        snapshot.IsObservable.ShouldBeTrue(snapshot.Probes[0].Failure);
        snapshot["calm.running"].Number.ShouldBeGreaterThan(0);
        snapshot["host.disk_used_percent"].Number.ShouldBeInRange(0.1, 100);
        snapshot["host.inodes_used_percent"].Number.ShouldBeInRange(0, 100);
        snapshot["host.memory_total_bytes"].Number.ShouldBeGreaterThan(1e8);
        snapshot.Find("host.load1")!.Evidence.ShouldBe("the other machine");
        sshd.Logins().ShouldBe(1);
    }

    [Fact]
    public async Task Dispose_AfterUse_LeavesNoProcessAndNoFolder()
    {
        await using var sshd = await SshProject.StartAsync();
        using (var connected = new Connected(project.Pack(sshd)))
        {
            await connected.SweepAsync();
            SshProject.Processes(sshd.Identity).ShouldNotBeEmpty();
        }

        await Eventually.Async(() => SshProject.Processes(sshd.Identity).Length == 0);
    }

    [Theory]
    [InlineData(false, "key is not known here", "ssh-keyscan", "ssh-keygen -lf")]
    [InlineData(true, "another key than the one that is trusted", "administrator", "ssh-keygen -R")]
    public async Task Measure_HostKeyUnknownOrChanged_IsRefusedAndSaysWhatToDo(bool changed, string words, string first, string second)
    {
        await using var sshd = await SshProject.StartAsync();
        var login = changed ? SshProject.Login(sshd) : SshProject.Login(sshd) with { KnownHostsFile = sshd.KnowsNobody() };
        if (changed)
        {
            await sshd.ChangeHostKeyAsync();
        }

        using var connected = new Connected(project.Pack(sshd, login: login, probes: SshProject.Host()));

        var snapshot = await connected.SweepAsync();
        var check = (await connected.Doctor.CheckAsync(Token)).Single(c => !c.Ok);
        var fix = await connected.Action("start").ExecuteAsync(Planned("start", "calm"), Token);

        ShouldBeBlind(snapshot, words);
        (check.Check, check.Detail).ShouldBe(("host key", snapshot.Probes[0].Failure));
        check.NextStep.ShouldContain(first);
        check.NextStep.ShouldContain(second);
        fix.Succeeded.ShouldBeFalse();
        fix.Detail.ShouldEndWith("nothing was done");
        sshd.Logins().ShouldBe(0);
        if (!changed)
        {
            (await File.ReadAllTextAsync(login.KnownHostsFile!, Token)).ShouldBeEmpty("nothing may be trusted on its own");
        }
    }

    [Fact]
    public async Task Measure_KeyThatMayNotLogIn_IsRefusedOnceAndNotTriedAgainAtOnce()
    {
        await using var sshd = await SshProject.StartAsync();
        await File.WriteAllTextAsync(sshd.AuthorizedKeys, "", Token);
        using var connected = new Connected(project.Pack(sshd));

        ShouldBeBlind(await connected.SweepAsync(), "does not accept the login");
        var attempts = sshd.Log().Split("Connection from").Length;
        ShouldBeBlind(await connected.SweepAsync(), "does not accept the login");

        sshd.Log().Split("Connection from").Length.ShouldBe(attempts, "an account must not be locked by trying");
        (await connected.Doctor.CheckAsync(Token)).Single(c => !c.Ok).Check.ShouldBe("login");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Measure_NobodyAnswers_IsUnknownInTime(bool hung)
    {
        await using var sshd = await SshProject.StartAsync();
        using var deaf = new TcpListener(IPAddress.Loopback, 0);
        deaf.Start();
        var port = ((IPEndPoint)deaf.LocalEndpoint).Port;
        if (!hung)
        {
            deaf.Stop();
        }

        using var connected = new Connected(project.Pack(sshd, string.Create(CultureInfo.InvariantCulture, $"ssh://nobody@127.0.0.1:{port}"), probes: SshProject.Host()));
        var started = Stopwatch.GetTimestamp();

        var snapshot = await connected.SweepAsync();

        Stopwatch.GetElapsedTime(started).ShouldBeLessThan(TimeSpan.FromSeconds(9));
        ShouldBeBlind(snapshot, hung ? "does not answer" : "refuses ssh connections");
    }

    [Fact]
    public async Task Measure_ConnectionCut_IsMadeAgainByTheNextSweep()
    {
        await using var sshd = await SshProject.StartAsync();
        await project.RunAsync("calm", 2, "sleep", "3600");
        using var connected = new Connected(project.Pack(sshd, probes: SshProject.Host()));
        (await connected.SweepAsync()).IsObservable.ShouldBeTrue();

        for (var i = 2; i <= 4; i++)
        {
            sshd.Cut().ShouldBeGreaterThan(0);
            var snapshot = await connected.SweepAsync();
            // The sweep that notices the cut may be blind; it must not be wrong.
            snapshot = snapshot.IsObservable ? snapshot : await connected.SweepAsync();
            snapshot.IsObservable.ShouldBeTrue(snapshot.Probes[0].Failure);
            snapshot["calm.running"].Number.ShouldBeGreaterThan(0);
            sshd.Logins().ShouldBe(i);
        }
    }

    [Fact]
    public async Task Measure_HostGoneForAWhile_IsBlindAndThenSeesAgain()
    {
        await using var sshd = await SshProject.StartAsync();
        await project.RunAsync("calm", 3, "sleep", "3600");
        using var connected = new Connected(project.Pack(sshd));
        (await connected.SweepAsync()).IsObservable.ShouldBeTrue();

        await sshd.DownAsync();
        // The first blind sweep may have been caught midway and say only that no answer came; the next ones know why.
        ShouldBeBlind(await Eventually.Async(connected.SweepAsync, s => !s.IsObservable && s.Probes[0].Failure!.Contains("ssh", StringComparison.Ordinal)), "ssh");
        await sshd.UpAsync();

        (await Eventually.Async(connected.SweepAsync, s => s.IsObservable))["calm.running"].Number.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Measure_ConnectionHangs_IsUnknownInTimeAndSeesAgain()
    {
        await using var sshd = await SshProject.StartAsync();
        await project.RunAsync("calm", 4, "sleep", "3600");
        using var connected = new Connected(project.Pack(sshd, probes: SshProject.Host()));
        (await connected.SweepAsync()).IsObservable.ShouldBeTrue();
        await sshd.FreezeAsync(true);
        var started = Stopwatch.GetTimestamp();

        ShouldBeBlind(await connected.SweepAsync(), "no answer within 4 s");

        Stopwatch.GetElapsedTime(started).ShouldBeLessThan(TimeSpan.FromSeconds(6));
        await sshd.FreezeAsync(false);
        (await Eventually.Async(connected.SweepAsync, s => s.IsObservable))["calm.running"].Number.ShouldBeGreaterThan(0);
    }

    [Theory]
    [InlineData("AllowStreamLocalForwarding no", "")]
    [InlineData("", "/run/no-such-docker.sock")]
    public async Task Measure_DockersSocketOutOfReach_IsUnknownAndTheHostStillSeen(string config, string socket)
    {
        await using var sshd = await SshProject.StartAsync(config);
        using var connected = new Connected(project.Pack(sshd, sshd.Address + socket, probes: Connected.Probe("host", "host", new Platform.Host.HostProbeSettings { Path = "/" })));

        var snapshot = await connected.SweepAsync();
        var check = (await connected.Doctor.CheckAsync(Token)).Single(c => !c.Ok);

        snapshot.IsObservable.ShouldBeFalse();
        snapshot["calm.running"].IsUnknown.ShouldBeTrue();
        snapshot.Probes[0].Failure!.ShouldStartWith("Docker does not answer over ssh");
        snapshot["host.disk_used_percent"].Number.ShouldBeGreaterThan(0);
        check.Check.ShouldBe("docker");
        check.NextStep.ShouldContain("AllowStreamLocalForwarding");
    }

    [Fact]
    public async Task Resolve_WhatWouldActOnThisMachine_IsNotAvailable()
    {
        await using var sshd = await SshProject.StartAsync();
        var probe = Connected.Probe("local", "command", new Platform.Commands.CommandProbeSettings { Argv = ["touch", "/tmp/fieldmedic-must-not-be"] });
        using var connected = new Connected(project.Pack(sshd, probes: probe));
        var missing = new Snapshot(DateTimeOffset.UnixEpoch, [new Observation("calm.missing", ObservedValue.Of(1), DateTimeOffset.UnixEpoch, "")], []);

        (await connected.Action("recreate").ResolveAsync(missing, "calm", Token)).Unavailable!.ShouldStartWith("not available over ssh");
        (await connected.Action("recreate").ExecuteAsync(Planned("recreate", "calm"), Token)).Succeeded.ShouldBeFalse();
        (await connected.Action("command").ResolveAsync(missing, null, Token)).Unavailable!.ShouldStartWith("not available over ssh");
        (await connected.Action("command").ExecuteAsync(Planned("command", "here"), Token)).Detail.ShouldEndWith("nothing was done");
        (await connected.SweepAsync()).Probes.Single(p => p.Probe == "local").Failure!.ShouldStartWith("not available over ssh");
        File.Exists("/tmp/fieldmedic-must-not-be").ShouldBeFalse();
    }

    [Theory]
    [InlineData("/tmp/x\" -oProxyCommand=y")]
    [InlineData("/tmp/${HOME}")]
    [InlineData("/tmp/a\nb")]
    [InlineData("-oProxyCommand=x")]
    [InlineData("/no/such/file")]
    public async Task Measure_OddFileNames_AreNotHandedToSsh(string file)
    {
        await using var sshd = await SshProject.StartAsync();
        foreach (var login in new[] { SshProject.Login(sshd) with { IdentityFile = file }, SshProject.Login(sshd) with { KnownHostsFile = file } })
        {
            using var connected = new Connected(project.Pack(sshd, login: login));

            ShouldBeBlind(await connected.SweepAsync(), "key file");
            sshd.Log().ShouldNotContain("Connection from 127.0.0.1 port 0");
        }
    }

    internal static PlannedAction Planned(string remedy, string target) => new(remedy, "docker", "calm", target, "low", TimeSpan.FromSeconds(20));

    private static void ShouldBeBlind(Snapshot snapshot, string words)
    {
        snapshot.IsObservable.ShouldBeFalse();
        snapshot.Observations.ShouldBeEmpty();
        snapshot["calm.running"].IsUnknown.ShouldBeTrue();
        snapshot.Probes[0].Failure.ShouldNotBeNull().ShouldContain(words);
        snapshot.Probes[0].Failure!.ShouldNotContain("127.0.0.1", Case.Insensitive, "probe failures may become public");
    }
}
