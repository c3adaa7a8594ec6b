using FieldMedic.Incidents;
using FieldMedic.Packs;
using FieldMedic.Platform.Disk;
using FieldMedic.Platform.Docker;
using FieldMedic.Platform.Host;
using FieldMedic.Platform.Images;
using FieldMedic.Systems;

namespace FieldMedic.Platform.Tests.Disk;

/// <summary>What a clean-up removes, and what is still there whatever happens. On a daemon and a disk of its own.</summary>
[Trait("needs", "docker")]
[Collection(nameof(CleanActionTests))]
public sealed class CleanActionTests(PrivateDaemon daemon) : IClassFixture<PrivateDaemon>, IAsyncLifetime
{
    private string _held = "";
    private string _job = "";

    /// <summary>A stack whose containers hold a tagged and a nameless image, a volume in use and one that nothing is attached to.</summary>
    public async ValueTask InitializeAsync()
    {
        daemon.Require();
        _job = await daemon.ImageAsync("shop-qgis:latest", 10);
        await daemon.ImageAsync("shop-spare:1", 5);
        _held = await daemon.ImageAsync(null, 10);
        await daemon.DockerAsync("volume", "create", "backup");
        await daemon.DockerAsync("volume", "create", "pgdata");
        await daemon.DockerAsync([.. Container("qgis"), "--volume", "/anonymous", "shop-qgis:latest", "/bin/true"]);
        await daemon.DockerAsync([.. Container("createbuckets"), "--volume", "pgdata:/data", _held, "/bin/true"]);
        await daemon.DockerAsync("start", "shop-qgis-1", "shop-createbuckets-1");
        await daemon.DockerAsync([.. Container("worker"), "--env", "JOB_IMAGE=shop-qgis", "shop-qgis:latest", "/bin/sleep", "600"]);
        await daemon.DockerAsync("wait", "shop-qgis-1", "shop-createbuckets-1");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var (list, remove) in new[] { ("ps -aq", "rm --force --volumes"), ("volume ls -q", "volume rm"), ("images -aq", "rmi --force") })
        {
            var ids = (await daemon.DockerAsync(list.Split(' '))).Split('\n', StringSplitOptions.RemoveEmptyEntries).Distinct().ToArray();
            if (ids.Length > 0)
            {
                await daemon.DockerAsync([.. remove.Split(' '), .. ids]);
            }
        }
    }

    [Fact]
    public async Task Execute_NamelessImageAndRotatedLog_FreesThemAndKeepsAllElse()
    {
        var rubbish = await daemon.ImageAsync(null, 60);
        var log = await RotatedLogAsync(20);
        var before = await StateAsync();
        using var connected = Open();
        var full = (await connected.SweepAsync())["host.disk_used_percent"].Number;

        var targets = await ResolveAsync(connected);

        targets.Targets.Select(t => t[..t.IndexOf('(', StringComparison.Ordinal)].Trim()).ShouldBe([$"image {rubbish[7..19]}", $"log {Path.GetFileName(log)[..12]}-json.log.1"]);
        foreach (var target in targets.Targets)
        {
            var result = await ExecuteAsync(connected, target);
            result.Succeeded.ShouldBeTrue(result.Detail);
            result.Detail.ShouldContain("MB freed");
        }

        (full - (await connected.SweepAsync())["host.disk_used_percent"].Number).ShouldBeGreaterThan(25);
        File.Exists(log).ShouldBeFalse();
        (await StateAsync()).ShouldBe(before.Where(l => l != $"image {rubbish}"));
        (await daemon.DockerAsync("logs", "shop-qgis-1")).ShouldBe("");
        (await ResolveAsync(connected)).Unavailable!.ShouldStartWith("nothing may be removed");
    }

    [Fact]
    public async Task Resolve_EveryByteIsProtected_RemovesNothing()
    {
        var before = await StateAsync();
        using var connected = Open();

        (await ResolveAsync(connected)).Unavailable.ShouldBe("nothing may be removed: whatever takes the room is held by containers, needed for jobs, or in volumes");
        foreach (var target in Protected())
        {
            var result = await ExecuteAsync(connected, target);
            result.ShouldBe(new ActionResult(false, $"{target} is not among what may be removed; nothing was done"));
        }

        (await StateAsync()).ShouldBe(before);

        IEnumerable<string> Protected() =>
        [
            $"image {_held[7..19]} (10.0 MB)", $"image {_job[7..19]} (10.0 MB)", "image shop-spare:1 (5.0 MB)", "image", "", "build cache (1.0 GB)",
            "volume backup (1.0 MB)", "backup", "container shop-qgis-1 (0.0 MB)", "log ../../network/files/local-kv.db (1.0 MB)",
        ];
    }

    [Fact]
    public async Task Execute_ImageCameIntoUseSinceThePlan_StaysWhereItIs()
    {
        var rubbish = await daemon.ImageAsync(null, 5);
        using var connected = Open();
        var target = (await ResolveAsync(connected)).Targets.ShouldHaveSingleItem();
        await daemon.DockerAsync("create", "--network", "none", rubbish, "/bin/true");
        var before = await StateAsync();

        (await ExecuteAsync(connected, target)).Succeeded.ShouldBeFalse();
        (await StateAsync()).ShouldBe(before);
    }

    [Theory]
    [InlineData("NOT_THERE", "what must be kept cannot be read in full (nothing names an image for jobs)")]
    public async Task Execute_ProtectionCannotBeRead_RemovesNothing(string variable, string refusal)
    {
        var rubbish = await daemon.ImageAsync(null, 5);
        var before = await StateAsync();
        using var connected = Open(variable);

        (await ResolveAsync(connected)).Unavailable.ShouldBe(refusal);
        (await ExecuteAsync(connected, $"image {rubbish[7..19]} (5.0 MB)")).Detail.ShouldBe($"{refusal}; nothing was done");
        (await StateAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task Execute_JobImageWantedByItsId_IsProtectedAndStopsTheWholeCleanUp()
    {
        // Nameless, in no container's use, and yet somebody's: only the settings know.
        var wanted = await daemon.ImageAsync(null, 5);
        await daemon.ImageAsync(null, 5);
        var before = await StateAsync();
        using var connected = Open(more: wanted["sha256:".Length..]);

        (await ResolveAsync(connected)).Unavailable.ShouldBe($"image {wanted[7..19]} is protected and yet among what would be removed");
        (await StateAsync()).ShouldBe(before);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static Task<ActionTargets> ResolveAsync(Connected connected) => connected.Action("clean").ResolveAsync(Snapshot.Empty, null, Token);

    private static Task<ActionResult> ExecuteAsync(Connected connected, string target)
        => connected.Action("clean").ExecuteAsync(new PlannedAction("clean", "docker.clean", null, target, "medium", TimeSpan.FromSeconds(30)), Token);

    private static string[] Container(string service)
        => [service == "worker" ? "run" : "create", .. service == "worker" ? new[] { "--detach" } : [], "--network", "none", "--name", $"shop-{service}-1", "--label", $"{ComposeLabels.Project}=shop", "--label", $"{ComposeLabels.Service}={service}", "--label", $"{ComposeLabels.Number}=1"];

    /// <summary>Everything a clean-up could take away: images with their names, volumes, containers with their states.</summary>
    private async Task<IReadOnlyList<string>> StateAsync()
    {
        string[][] lists =
        [
            ["images", "-a", "--no-trunc", "--format", "image {{.ID}}"],
            ["images", "--format", "name {{.Repository}}:{{.Tag}}", "--filter", "dangling=false"],
            ["volume", "ls", "--format", "volume {{.Name}}"],
            ["ps", "-a", "--no-trunc", "--format", "{{.ID}} {{.Names}} {{.State}} {{.Mounts}}"],
        ];
        var state = new List<string>();
        foreach (var list in lists)
        {
            state.AddRange((await daemon.DockerAsync(list)).Split('\n').Distinct().Order(StringComparer.Ordinal));
        }

        return state;
    }

    private async Task<string> RotatedLogAsync(int megabytes)
    {
        var id = await daemon.DockerAsync("inspect", "--format", "{{.Id}}", "shop-qgis-1");
        var file = Path.Combine(daemon.Root, "containers", id, $"{id}-json.log.1");
        await File.WriteAllBytesAsync(file, new byte[megabytes << 20], Token);
        return file;
    }

    private Connected Open(string variable = "JOB_IMAGE", string? more = null) => new(Connected.Pack(
        "/",
        Connected.Probe("host", "host", new HostProbeSettings()),
        Connected.Probe("job_images", "docker.images", new ImagesSettings { EnvFrom = ["worker"], Env = [variable], More = more })) with
    {
        Docker = daemon.Endpoint,
        ComposeProject = "shop",
        Services = new[] { new ServiceSpec("worker", []), new ServiceSpec("qgis", [], OneShot: true) }.ToDictionary(s => s.Name, StringComparer.Ordinal),
        Remedies = new Dictionary<string, RemedySpec> { ["clean"] = new() { Id = "clean", Kind = "docker.clean", Settings = new CleanSettings { Images = "job_images" } } },
    });
}
