using System.Diagnostics;
using FieldMedic.Incidents;
using FieldMedic.Packs;
using FieldMedic.Platform.Docker;

namespace FieldMedic.Platform.Tests.Docker;

[Trait("needs", "docker")]
public sealed class ContainerActionTests(EmptyProject project) : IClassFixture<EmptyProject>
{
    private static readonly string[] None = [];
    private static readonly string[] Stubborn = ["sh", "-c", "trap '' TERM; while :; do sleep 0.1; done"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Start_TwoStoppedOneRunning_StartsEachStoppedOneOnce()
    {
        await Daemon.RequireAsync();
        await Task.WhenAll(project.RunAsync("stop", 1, "true"), project.RunAsync("stop", 2, "true"), project.RunAsync("stop", 3, "sleep", "3600"));
        await project.StateAsync("stop", "{{.State.Status}}", "exited");
        using var connected = Open("docker.start", "stop");

        var targets = await Eventually.Async(() => connected.Action("fix").ResolveAsync(Snapshot.Empty, "stop", Token), t => t.Targets.Count == 2);

        targets.Targets.ShouldBe([project.Container("stop", 1), project.Container("stop", 2)]);
        var since = TimeProvider.System.GetUtcNow();
        (await connected.Action("fix").ExecuteAsync(Planned("stop", targets.Targets[0]), Token)).Succeeded.ShouldBeTrue();
        (await Daemon.EventsAsync(project.Container("stop", 1), since)).Count(e => e == "start").ShouldBe(1);
        (await Daemon.EventsAsync(project.Container("stop", 2), since)).ShouldBeEmpty();
        (await Daemon.EventsAsync(project.Container("stop", 3), since)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Unpause_Paused_IsUnpausedOnce()
    {
        await Daemon.RequireAsync();
        await project.RunAsync("ice", None, "sleep", "3600");
        await Daemon.RunAsync("pause", project.Container("ice"));
        using var connected = Open("docker.unpause", "ice");
        var targets = await connected.Action("fix").ResolveAsync(Snapshot.Empty, "ice", Token);
        var since = TimeProvider.System.GetUtcNow();

        (await connected.Action("fix").ExecuteAsync(Planned("ice", targets.Targets.Single()), Token)).Succeeded.ShouldBeTrue();
        var again = await connected.Action("fix").ExecuteAsync(Planned("ice", targets.Targets.Single()), Token);

        again.Succeeded.ShouldBeFalse();
        again.Detail.ShouldContain("nothing was done");
        (await Daemon.EventsAsync(project.Container("ice"), since)).ShouldBe(["unpause"]);
        (await connected.Action("fix").ResolveAsync(Snapshot.Empty, "ice", Token)).Unavailable.ShouldBe("no container of ice is paused");
    }

    [Fact]
    public async Task Restart_IgnoresTerm_IsKilledAfterItsGrace()
    {
        await Daemon.RequireAsync();
        await project.RunAsync("stubborn", None, Stubborn);
        using var connected = Open("docker.restart", "stubborn", new DockerRemedySettings { Grace = TimeSpan.FromSeconds(1) });
        var since = TimeProvider.System.GetUtcNow();
        var started = Stopwatch.GetTimestamp();

        (await connected.Action("fix").ExecuteAsync(Planned("stubborn", project.Container("stubborn")), Token)).Succeeded.ShouldBeTrue();

        Stopwatch.GetElapsedTime(started).ShouldBeInRange(TimeSpan.FromSeconds(0.9), TimeSpan.FromSeconds(8));
        var events = await Daemon.EventsAsync(project.Container("stubborn"), since);
        events.Count(e => e == "kill").ShouldBe(2);
        events.Count(e => e == "restart").ShouldBe(1);
        events.Count(e => e == "start").ShouldBe(1);
    }

    [Fact]
    public async Task Execute_ContainerOfAnotherServiceOrProject_IsRefused()
    {
        await Daemon.RequireAsync();
        await using var other = new EmptyProject();
        await Task.WhenAll(project.RunAsync("mine", None, "sleep", "3600"), project.RunAsync("neighbour", None, "sleep", "3600"), other.RunAsync("mine", None, "sleep", "3600"));
        using var connected = Open("docker.restart", "mine", new DockerRemedySettings { Grace = TimeSpan.FromSeconds(1) });
        var since = TimeProvider.System.GetUtcNow();

        foreach (var target in new[] { project.Container("neighbour"), other.Container("mine"), "mine", "", "../mine", project.Container("mine") + " " })
        {
            var result = await connected.Action("fix").ExecuteAsync(Planned("mine", target), Token);
            result.Succeeded.ShouldBeFalse(target);
        }

        (await Daemon.EventsAsync(project.Container("neighbour"), since)).ShouldBeEmpty();
        (await Daemon.EventsAsync(other.Container("mine"), since)).ShouldBeEmpty();
        (await Daemon.EventsAsync(project.Container("mine"), since)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Resolve_OneShot_IsRefusedAndNotStarted()
    {
        await Daemon.RequireAsync();
        await project.RunAsync("once", None, "true");
        await project.StateAsync("once", "{{.State.Status}}", "exited");
        using var connected = new Connected(Pack("docker.start", new ServiceSpec("once", [], OneShot: true), new DockerRemedySettings()));
        var since = TimeProvider.System.GetUtcNow();

        (await connected.Action("fix").ResolveAsync(Snapshot.Empty, "once", Token)).Unavailable.ShouldBe("once runs once; exited is its healthy state");
        (await connected.Action("fix").ExecuteAsync(Planned("once", project.Container("once")), Token)).Succeeded.ShouldBeFalse();

        (await Daemon.EventsAsync(project.Container("once"), since)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("docker.start", "no container of calm is stopped")]
    [InlineData("docker.unpause", "no container of calm is paused")]
    [InlineData("docker.restart", "no container of calm is running")]
    public async Task Resolve_NothingToTreat_IsUnavailable(string kind, string expected)
    {
        await Daemon.RequireAsync();
        using var connected = Open(kind, "calm");

        (await connected.Action("fix").ResolveAsync(Snapshot.Empty, "calm", Token)).Unavailable.ShouldBe(expected);
        (await connected.Action("fix").ResolveAsync(Snapshot.Empty, "unheard-of", Token)).Unavailable.ShouldBe("no service of the pack is named");
        (await connected.Action("fix").ResolveAsync(Snapshot.Empty, null, Token)).Unavailable.ShouldBe("no service of the pack is named");
    }

    private static PlannedAction Planned(string service, string target) => new("fix", "docker", service, target, "low", TimeSpan.FromSeconds(20));

    private Connected Open(string kind, string service, DockerRemedySettings? settings = null) => new(Pack(kind, new ServiceSpec(service, []), settings ?? new DockerRemedySettings()));

    private Pack Pack(string kind, ServiceSpec service, DockerRemedySettings settings)
        => project.Pack([service]) with { Remedies = new Dictionary<string, RemedySpec> { ["fix"] = new() { Id = "fix", Kind = kind, Settings = settings } } };
}
