using FieldMedic.Incidents;
using FieldMedic.Packs;
using FieldMedic.Platform.Docker;
using FieldMedic.Systems;

namespace FieldMedic.Platform.Tests.Docker;

/// <summary>A service that lost its name in the network gets it back, and nothing else is connected to anything.</summary>
[Trait("needs", "docker")]
public sealed class ReattachActionTests(EmptyProject project) : IClassFixture<EmptyProject>, IAsyncLifetime
{
    private string Network => $"{project.Name}_default";

    public async ValueTask InitializeAsync()
    {
        await Daemon.RequireAsync();
        await Daemon.RunAsync("network", "create", "--label", $"{ComposeLabels.Project}={project.Name}", Network);
        await Daemon.RunAsync("network", "create", $"{project.Name}_foreign");
    }

    public async ValueTask DisposeAsync()
    {
        await project.DisposeAsync();
        await Daemon.RunAsync("network", "rm", Network, $"{project.Name}_foreign");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Execute_NameLost_IsFoundAgain(bool isConnected)
    {
        await project.RunAsync("db", ["--network", Network, "--network-alias", "db"], "sleep", "3600");
        await project.RunAsync("peer", ["--network", Network, "--network-alias", "peer"], "sleep", "3600");
        (await CutOffAsync()).ShouldBe(0);
        await Daemon.RunAsync("network", "disconnect", Network, project.Container("db"));
        if (isConnected)
        {
            await Daemon.RunAsync("network", "connect", Network, project.Container("db"));
        }

        (await CutOffAsync()).ShouldBe(1);
        using var connected = Open();
        var target = (await ResolveAsync(connected)).Targets.ShouldHaveSingleItem();
        (await ExecuteAsync(connected, target)).ShouldBe(new ActionResult(true, "reattached"));

        (await CutOffAsync()).ShouldBe(0);
        (await Daemon.RunAsync("exec", project.Container("peer"), "getent", "hosts", "db")).ShouldContain("db");
        (await ResolveAsync(connected)).Unavailable.ShouldBe("no container of db is cut off");
        (await ExecuteAsync(connected, target)).Succeeded.ShouldBeFalse();
        (await Daemon.RunAsync("inspect", "--format", "{{.RestartCount}} {{.State.Running}}", project.Container("db"))).ShouldBe("0 true");
    }

    [Fact]
    public async Task Resolve_NetworkOfSomebodyElse_IsRefused()
    {
        await project.RunAsync("db", ["--network", $"{project.Name}_foreign"], "sleep", "3600");
        using var connected = Open();

        (await ResolveAsync(connected)).Unavailable.ShouldBe($"the network {project.Name}_foreign is not the project's own");
        (await ExecuteAsync(connected, project.Container("db"))).ShouldBe(new ActionResult(false, $"the network {project.Name}_foreign is not the project's own; nothing was done"));
    }

    [Fact]
    public async Task Measure_WithoutNamedNetwork_IsNotCutOff()
    {
        await project.RunAsync("db", ["--network", "host"], "sleep", "3600");

        (await CutOffAsync()).ShouldBe(0);
    }

    private async Task<double> CutOffAsync() => (await project.MeasureAsync([new ServiceSpec("db", [])], "docker.services", new DockerServicesSettings()))["db.cut_off"].Number;

    private static Task<ActionTargets> ResolveAsync(Connected connected) => connected.Action("reattach").ResolveAsync(Snapshot.Empty, "db", TestContext.Current.CancellationToken);

    private static Task<ActionResult> ExecuteAsync(Connected connected, string target)
        => connected.Action("reattach").ExecuteAsync(new PlannedAction("reattach", "docker.reattach", "db", target, "medium", TimeSpan.FromSeconds(30)), TestContext.Current.CancellationToken);

    private Connected Open() => new(project.Pack([new ServiceSpec("db", [])]) with
    {
        Remedies = new Dictionary<string, RemedySpec> { ["reattach"] = new() { Id = "reattach", Kind = "docker.reattach", Settings = new DockerRemedySettings() } },
    });
}
