using FieldMedic.Incidents;
using FieldMedic.Packs;
using FieldMedic.Platform.Docker;

namespace FieldMedic.Platform.Tests.Docker;

/// <summary>Alone, because one test takes the search path of the process away.</summary>
[Collection(nameof(Alone))]
[Trait("needs", "docker")]
public sealed class RecreateActionTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private readonly EmptyProject _project = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        if (!await Daemon.IsThereAsync())
        {
            return;
        }

        var image = await Daemon.ImageAsync();
        File.WriteAllText(_folder.File("compose.yml"), $$"""
            services:
              one: {image: "{{image}}", command: [sleep, "3600"], network_mode: none, depends_on: [two]}
              two: {image: "{{image}}", command: [sleep, "3600"], network_mode: none}
            """);
        await Daemon.RunAsync("compose", "--project-name", _project.Name, "--project-directory", _folder.Path, "--file", _folder.File("compose.yml"), "up", "--detach");
    }

    public async ValueTask DisposeAsync()
    {
        await _project.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Execute_OneMissing_IsMadeAgainAndTheOtherIsLeftAlone()
    {
        await Daemon.RequireAsync();
        var other = await Daemon.RunAsync("inspect", "--format", "{{.Id}}", _project.Container("two"));
        await Daemon.RunAsync("rm", "--force", _project.Container("one"));
        await Daemon.RunAsync("pause", _project.Container("two"));
        using var connected = Open();
        var since = TimeProvider.System.GetUtcNow();

        var targets = await connected.Action("fix").ResolveAsync(Missing("one", 1), "one", Token);
        var result = await connected.Action("fix").ExecuteAsync(Planned(targets.Targets.Single()), Token);

        targets.Targets.ShouldBe(["one"]);
        result.ShouldBe(new Systems.ActionResult(true, "recreated by compose"));
        (await Daemon.RunAsync("inspect", "--format", "{{.State.Status}}", _project.Container("one"))).ShouldBe("running");
        (await Daemon.RunAsync("inspect", "--format", "{{.Id}} {{.State.Status}}", _project.Container("two"))).ShouldBe($"{other} paused");
        (await Daemon.EventsAsync(_project.Container("two"), since)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Resolve_NothingMissingOrUnknown_IsUnavailable()
    {
        await Daemon.RequireAsync();
        using var connected = Open();

        (await connected.Action("fix").ResolveAsync(Missing("one", 0), "one", Token)).Unavailable.ShouldBe("no container of one is missing");
        (await connected.Action("fix").ResolveAsync(Snapshot.Empty, "one", Token)).Unavailable.ShouldBe("no container of one is missing");
        (await connected.Action("fix").ResolveAsync(Missing("three", 1), "three", Token)).Unavailable.ShouldBe("no long-running service of the pack is named");
        (await connected.Action("fix").ExecuteAsync(Planned("--volumes"), Token)).Succeeded.ShouldBeFalse();
    }

    [Fact]
    public async Task Resolve_EnvironmentFileGone_IsUnavailable()
    {
        await Daemon.RequireAsync();
        File.WriteAllText(_folder.File("stack.env"), "A=1\n");
        await Daemon.RunAsync("compose", "--project-name", _project.Name, "--project-directory", _folder.Path, "--file", _folder.File("compose.yml"), "--env-file", _folder.File("stack.env"), "up", "--detach", "--force-recreate");
        using var connected = Open();
        (await connected.Action("fix").ResolveAsync(Missing("one", 1), "one", Token)).Unavailable.ShouldBeNull();

        File.Delete(_folder.File("stack.env"));

        (await connected.Action("fix").ResolveAsync(Missing("one", 1), "one", Token)).Unavailable.ShouldBe("the project's environment file is not on this machine");
    }

    [Fact]
    public async Task Resolve_ProjectThatWasMoved_TakesThePlaceThatIsThere()
    {
        await Daemon.RequireAsync();
        Directory.CreateDirectory(_folder.File("moved"));
        File.Copy(_folder.File("compose.yml"), _folder.File("moved/compose.yml"));
        await Daemon.RunAsync("compose", "--project-name", _project.Name, "--project-directory", _folder.File("moved"), "--file", _folder.File("moved/compose.yml"), "up", "--detach", "--no-deps", "--force-recreate", "one");
        File.Delete(_folder.File("compose.yml"));
        using var connected = Open();

        (await connected.Action("fix").ResolveAsync(Missing("one", 1), "one", Token)).Unavailable.ShouldBeNull();
    }

    [Fact]
    public async Task Resolve_NoContainerLeftOrFileGone_IsUnavailable()
    {
        await Daemon.RequireAsync();
        using var connected = Open();

        File.Delete(_folder.File("compose.yml"));
        (await connected.Action("fix").ResolveAsync(Missing("one", 1), "one", Token)).Unavailable.ShouldBe("the project's compose file is not on this machine");
        await _project.DisposeAsync();
        (await connected.Action("fix").ResolveAsync(Missing("one", 1), "one", Token)).Unavailable.ShouldBe("no container of the project is left that names its compose file");
    }

    [Fact]
    public async Task Resolve_NoComposeOnThisMachine_IsUnavailable()
    {
        await Daemon.RequireAsync();
        using var connected = Open();
        var path = Environment.GetEnvironmentVariable("PATH");
        Environment.SetEnvironmentVariable("PATH", "");
        try
        {
            (await connected.Action("fix").ResolveAsync(Missing("one", 1), "one", Token)).Unavailable.ShouldBe("there is no docker compose on this machine");
            (await connected.Action("fix").ExecuteAsync(Planned("one"), Token)).Succeeded.ShouldBeFalse();
            (await connected.Doctor.CheckAsync(Token)).Single(c => c.Check == "compose").Ok.ShouldBeFalse();
        }
        finally
        {
            Environment.SetEnvironmentVariable("PATH", path);
        }
    }

    private static Snapshot Missing(string service, int count) => new(DateTimeOffset.UnixEpoch, [new Observation($"{service}.missing", ObservedValue.Of(count), DateTimeOffset.UnixEpoch)], []);

    private static PlannedAction Planned(string target) => new("fix", "compose.recreate", "one", target, "low", TimeSpan.FromSeconds(60));

    private Connected Open() => new(_project.Pack([new ServiceSpec("one", ["two"]), new ServiceSpec("two", [])]) with
    {
        Remedies = new Dictionary<string, RemedySpec> { ["fix"] = new() { Id = "fix", Kind = "compose.recreate", Settings = new DockerRemedySettings() } },
    });
}
