using FieldMedic.Incidents;
using FieldMedic.Platform.Tests.Docker;
using FieldMedic.Systems;
using FieldMedic.Testing;

namespace FieldMedic.Platform.Tests.Ssh;

/// <summary>The connection breaks in the middle of an action: neither done nor failed, and Docker was asked once.</summary>
[Trait("needs", "docker")]
public sealed class SshCutActionTests(EmptyProject project) : IClassFixture<EmptyProject>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("start", "/start", true)]
    [InlineData("start", "/start", false)]
    [InlineData("restart", "/restart", true)]
    public async Task Execute_CutInTheMiddle_IsUnknownAndNotRepeated(string remedy, string path, bool arrives)
    {
        await using var sshd = await SshProject.StartAsync();
        var number = arrives ? remedy.Length : 99;
        await project.RunAsync("calm", number, "sleep", "3600");
        if (remedy == "start")
        {
            await Daemon.RunAsync("kill", project.Container("calm", number));
        }

        using var cut = new CuttingSocket("/var/run/docker.sock", line => line.StartsWith("POST /containers/", StringComparison.Ordinal) && line.Contains(path, StringComparison.Ordinal), arrives, () => sshd.Cut());
        using var connected = new Connected(project.Pack(sshd, sshd.Address + cut.Path));
        var targets = await connected.Action(remedy).ResolveAsync(Snapshot.Empty, "calm", Token);
        targets.Targets.ShouldContain(project.Container("calm", number));
        var since = TimeProvider.System.GetUtcNow();

        await Should.ThrowAsync<OutcomeUnknownException>(() => connected.Action(remedy).ExecuteAsync(SshConnectionTests.Planned(remedy, project.Container("calm", number)), Token));

        cut.Cuts.ShouldBe(1);
        var again = await Eventually.Async(connected.SweepAsync, s => s.IsObservable);
        (await Daemon.EventsAsync(project.Container("calm", number), since)).Count(e => e == remedy).ShouldBe(arrives ? 1 : 0);
        again.Probes[0].Failure.ShouldBeNull();
        sshd.Logins().ShouldBe(2);
    }
}
