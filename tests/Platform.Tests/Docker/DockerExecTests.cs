using FieldMedic.Incidents;
using FieldMedic.Packs;
using FieldMedic.Platform.Commands;
using FieldMedic.Platform.Docker;

namespace FieldMedic.Platform.Tests.Docker;

[Trait("needs", "docker")]
public sealed class DockerExecTests(EmptyProject project) : IClassFixture<EmptyProject>
{
    private static readonly string[] None = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Probe_JsonOfAScript_IsMeasuredInsideTheContainer()
    {
        await Daemon.RequireAsync();
        await project.RunAsync("inside", ["--env", "COLOUR=blue"], "sleep", "3600");
        using var folder = new TempPack(("look.sh", """printf '{"colour":"%s","ok":true,"n":3}' "$COLOUR" """));

        var snapshot = await MeasureAsync("inside", folder, new() { Service = "inside", Argv = ["sh", "-c"], Script = "look.sh" });

        snapshot.Find("probe.colour")!.Value.ShouldBe(ObservedValue.Of("blue"));
        snapshot.Find("probe.ok")!.Value.ShouldBe(ObservedValue.Of(true));
        snapshot.Find("probe.n")!.Value.ShouldBe(ObservedValue.Of(3));
    }

    [Theory]
    [InlineData("bad1", "exit 3", "ended with 3")]
    [InlineData("bad2", "echo nonsense", "the output is not JSON")]
    [InlineData("bad3", "no-such-program", "ended with 127|cannot be run")]
    [InlineData("bad4", "echo '{}' | head -c 1; sleep 60", "no answer within 2 s")]
    public async Task Probe_ThatFails_IsUnknown(string service, string line, string why)
    {
        await Daemon.RequireAsync();
        await project.RunAsync(service, None, "sleep", "3600");
        using var folder = new TempPack();

        var snapshot = await MeasureAsync(service, folder, null, line);

        why.Split('|').ShouldContain(w => snapshot.Probes.Single().Failure!.Contains(w, StringComparison.Ordinal), snapshot.Probes.Single().Failure);
        snapshot.IsObservable.ShouldBeFalse();
    }

    [Theory]
    [InlineData("../look.sh")]
    [InlineData("/etc/passwd")]
    [InlineData("absent.sh")]
    public async Task Probe_ScriptOutsideThePacksFolder_IsUnknownAndRunsNothing(string script)
    {
        await Daemon.RequireAsync();
        await project.RunAsync("script", 1, "sleep", "3600");
        using var folder = new TempPack();

        var snapshot = await MeasureAsync("script", folder, new() { Service = "script", Argv = ["sh", "-c"], Script = script });
        await Daemon.RunAsync("rm", "--force", project.Container("script"));

        snapshot.Probes.Single().Failure!.ShouldContain("pack's folder");
    }

    [Fact]
    public async Task Probe_NothingRuns_IsUnknown()
    {
        await Daemon.RequireAsync();
        using var folder = new TempPack();

        var snapshot = await MeasureAsync("absent", folder, new() { Service = "absent", Argv = ["true"] });

        snapshot.Probes.Single().Failure.ShouldBe("no container of absent runs");
    }

    [Fact]
    public async Task Action_CheckPasses_RunsOnceInEachRunningContainer()
    {
        await Daemon.RequireAsync();
        await Task.WhenAll(project.RunAsync("twins", 1, "sleep", "3600"), project.RunAsync("twins", 2, "sleep", "3600"));
        using var connected = Open("twins", new() { Check = ["true"], Argv = ["sh", "-c", "echo x >> /tmp/done"] });

        var targets = await connected.Action("fix").ResolveAsync(Snapshot.Empty, "twins", Token);
        targets.Targets.ShouldBe([project.Container("twins", 1), project.Container("twins", 2)]);
        (await connected.Action("fix").ExecuteAsync(Planned("twins", targets.Targets[0]), Token)).Succeeded.ShouldBeTrue();

        (await Daemon.RunAsync("exec", project.Container("twins", 1), "cat", "/tmp/done")).ShouldBe("x");
        (await Daemon.RunAsync("exec", project.Container("twins", 2), "sh", "-c", "test -e /tmp/done || echo none")).ShouldBe("none");
    }

    [Fact]
    public async Task Action_CheckFails_IsUnavailableAndDoesNothing()
    {
        await Daemon.RequireAsync();
        await project.RunAsync("broken", None, "sleep", "3600");
        using var connected = Open("broken", new() { Check = ["sh", "-c", "echo line 7 is wrong >&2; exit 1"], Argv = ["touch", "/tmp/done"] });

        (await connected.Action("fix").ResolveAsync(Snapshot.Empty, "broken", Token)).Unavailable!.ShouldContain("line 7 is wrong");
        (await connected.Action("fix").ExecuteAsync(Planned("broken", project.Container("broken")), Token)).Succeeded.ShouldBeFalse();

        (await Daemon.RunAsync("exec", project.Container("broken"), "sh", "-c", "test -e /tmp/done || echo none")).ShouldBe("none");
    }

    [Fact]
    public async Task Action_ContainerRunFromTheServicesImageByHand_IsNoTarget()
    {
        await Daemon.RequireAsync();
        await project.RunAsync("real", None, "sleep", "3600");
        // What compose writes on the images it builds: project and service, and no number.
        var stranger = await Daemon.RunAsync(
            "run", "--detach", "--label", $"{ComposeLabels.Project}={project.Name}", "--label", $"{ComposeLabels.Service}=real", "--name", $"{project.Name}-stranger", await Daemon.ImageAsync(), "sleep", "3600");
        using var connected = Open("real", new() { Argv = ["touch", "/tmp/done"] });

        (await connected.Action("fix").ResolveAsync(Snapshot.Empty, "real", Token)).Targets.ShouldBe([project.Container("real")]);
        (await connected.Action("fix").ExecuteAsync(Planned("real", $"{project.Name}-stranger"), Token)).Succeeded.ShouldBeFalse();

        (await Daemon.RunAsync("exec", stranger, "sh", "-c", "test -e /tmp/done || echo none")).ShouldBe("none");
    }

    private static PlannedAction Planned(string service, string target) => new("fix", "docker.exec", service, target, "low", TimeSpan.FromSeconds(20));

    private Connected Open(string service, DockerExecRemedySettings settings)
        => new(project.Pack([new ServiceSpec(service, [])]) with { Remedies = new Dictionary<string, RemedySpec> { ["fix"] = new() { Id = "fix", Kind = "docker.exec", Settings = settings } } });

    private Task<Snapshot> MeasureAsync(string service, TempPack folder, DockerExecSettings? settings, string line = "")
        => Connected.MeasureAsync(project.Pack([new ServiceSpec(service, [])], Connected.Probe("probe", "docker.exec", settings ?? new() { Service = service, Argv = ["sh", "-c", line], Parse = CommandParse.Json }, 2)) with { Folder = folder.Path });

    private sealed class TempPack : IDisposable
    {
        public TempPack(params (string Name, string Text)[] files)
        {
            foreach (var (name, text) in files)
            {
                File.WriteAllText(System.IO.Path.Combine(Path, name), text);
            }
        }

        public string Path { get; } = Directory.CreateTempSubdirectory("fieldmedic-pack-").FullName;

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }
}
