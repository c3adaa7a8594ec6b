using FieldMedic.Incidents;
using FieldMedic.Packs;
using FieldMedic.Platform.Disk;
using FieldMedic.Platform.Docker;
using FieldMedic.Platform.Images;
using FieldMedic.Platform.Postgres;
using FieldMedic.Platform.Tests.Docker;
using FieldMedic.Systems;

namespace FieldMedic.Platform.Tests.Disk;

/// <summary>Which containers of jobs may go: ended ones whose job is over. Executed only on containers that the test made.</summary>
[Trait("needs", "docker")]
public sealed class CleanJobContainersTests(DatabaseProject project) : IClassFixture<DatabaseProject>, IAsyncLifetime
{
    private readonly List<string> _made = [];

    public async ValueTask InitializeAsync()
    {
        await Daemon.RequireAsync();
        await project.SqlAsync("db", $"create table if not exists job (id text primary key, status text); alter table job owner to app; insert into job values ('{project.Name}-over', 'failed'), ('{project.Name}-live', 'started') on conflict do nothing");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var container in _made)
        {
            await Daemon.RunAsync("rm", "--force", container);
        }
    }

    [Fact]
    public async Task Execute_EndedContainerOfAJobThatIsOver_IsRemovedAndItsVolumeStays()
    {
        var over = await MakeAsync("over", "/bin/true", "--volume", $"{project.Name}:/io");
        try
        {
            using var connected = Open();
            var target = (await ResolveAsync(connected)).Single(t => t.Contains(over[..12], StringComparison.Ordinal));

            (await ExecuteAsync(connected, target)).Succeeded.ShouldBeTrue();

            (await Daemon.RunAsync("ps", "-aq", "--no-trunc")).ShouldNotContain(over);
            (await Daemon.RunAsync("volume", "ls", "-q")).ShouldContain(project.Name);
        }
        finally
        {
            await Daemon.RunAsync("volume", "rm", project.Name);
        }
    }

    [Theory]
    [InlineData("live", "/bin/true", "")]
    [InlineData("unheard-of", "/bin/true", "")]
    [InlineData("over", "/bin/sleep 100", "")]
    [InlineData("over", "/bin/true", "somebodys-project")]
    public async Task Execute_AnyOther_IsLeftAlone(string job, string command, string owner)
    {
        var container = await MakeAsync(job, command, owner.Length > 0 ? ["--label", $"{ComposeLabels.Project}={owner}"] : []);
        using var connected = Open();

        string.Join(";", await ResolveAsync(connected)).ShouldNotContain(container[..12]);
        (await ExecuteAsync(connected, $"container {container[..12]} (0.0 MB)")).Succeeded.ShouldBeFalse();
        (await Daemon.RunAsync("ps", "-aq", "--no-trunc")).ShouldContain(container);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static async Task<IReadOnlyList<string>> ResolveAsync(Connected connected) => (await connected.Action("clean").ResolveAsync(Snapshot.Empty, null, Token)).Targets;

    private static Task<ActionResult> ExecuteAsync(Connected connected, string target)
        => connected.Action("clean").ExecuteAsync(new PlannedAction("clean", "docker.clean", null, target, "medium", TimeSpan.FromSeconds(30)), Token);

    private async Task<string> MakeAsync(string job, string command, params string[] options)
    {
        var id = await Daemon.RunAsync(["run", "--detach", "--network", "none", "--label", $"job_id={project.Name}-{job}", .. options, await Daemon.ImageAsync(), .. command.Split(' ')]);
        if (job != "over" || command != "/bin/true" || options is not ["--volume", ..])
        {
            _made.Add(id);
        }

        await Eventually.Async(() => Daemon.RunAsync("inspect", "--format", "{{.State.Status}}", id), s => s == (command == "/bin/true" ? "exited" : "running"));
        return id;
    }

    private Connected Open()
    {
        var rows = new DeadRowsSettings { Service = "db", Table = "job", Dead = "false", Age = "0", ContainerLabel = "job_id" };
        var clean = new CleanSettings { Images = "job_images", Jobs = "rows", Over = "status = 'failed'", Most = 1000 };
        return new(project.Pack(
            [new ServiceSpec("db", [])],
            Connected.Probe("rows", "postgres.dead_rows", rows),
            Connected.Probe("job_images", "docker.images", new ImagesSettings { EnvFrom = ["db"], Env = [], More = "fieldmedic/sandbox-base:1" })) with
        {
            Remedies = new Dictionary<string, RemedySpec> { ["clean"] = new() { Id = "clean", Kind = "docker.clean", Settings = clean } },
        });
    }
}
