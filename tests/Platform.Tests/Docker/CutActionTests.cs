using FieldMedic.Incidents;
using FieldMedic.Packs;
using FieldMedic.Platform.Docker;
using FieldMedic.Systems;
using FieldMedic.Testing;

namespace FieldMedic.Platform.Tests.Docker;

/// <summary>The daemon closes the connection in the middle of a change: the runtime would send it again by itself.</summary>
[Trait("needs", "docker")]
public sealed class CutActionTests(EmptyProject project) : IClassFixture<EmptyProject>
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Execute_ConnectionClosedWithoutAnswer_IsSentOnceAndUnknown(bool arrives)
    {
        await Daemon.RequireAsync();
        var number = arrives ? 1 : 2;
        await project.RunAsync("calm", number, "sleep", "3600");
        using var cut = new CuttingSocket("/var/run/docker.sock", line => line.Contains("/restart", StringComparison.Ordinal), arrives, () => { });
        var remedy = new RemedySpec { Id = "fix", Kind = "docker.restart", Settings = new DockerRemedySettings { Grace = TimeSpan.FromSeconds(1) } };
        using var connected = new Connected(project.Pack([new ServiceSpec("calm", [])]) with { Docker = $"unix://{cut.Path}", Remedies = new Dictionary<string, RemedySpec> { ["fix"] = remedy } });
        var since = TimeProvider.System.GetUtcNow();

        await Should.ThrowAsync<OutcomeUnknownException>(() => connected.Action("fix").ExecuteAsync(
            new PlannedAction("fix", "docker.restart", "calm", project.Container("calm", number), "low", TimeSpan.FromSeconds(20)), TestContext.Current.CancellationToken));

        cut.Cuts.ShouldBe(1);
        (await Daemon.EventsAsync(project.Container("calm", number), since)).Count(e => e == "restart").ShouldBe(arrives ? 1 : 0);
    }
}
