using FieldMedic.Incidents;
using FieldMedic.Packs;
using FieldMedic.Platform.Docker;

namespace FieldMedic.Platform.Tests.Docker;

[Trait("needs", "docker")]
public sealed class DockerServicesProbeTests(ServicesZoo zoo) : IClassFixture<ServicesZoo>
{
    private static readonly ServiceSpec[] Services =
    [
        new("fine", [], Replicas: 2), new("half", [], Replicas: 2), new("crashed", []), new("frozen", []), new("looping", []), new("sick", []), new("well", []),
        new("done", [], OneShot: true), new("botched", [], OneShot: true), new("greedy", []), new("fewer", [], Replicas: 3), new("errand", [], Optional: true),
        new("made", []), new("gone", []), new("extra", [], Optional: true),
    ];

    [Theory]
    [InlineData("fine", "running", 2, 2, 0)]
    [InlineData("half", "paused", 1, 2, 0)]
    [InlineData("crashed", "exited", 0, 1, 0)]
    [InlineData("frozen", "paused", 0, 1, 0)]
    [InlineData("sick", "unhealthy", 0, 1, 0)]
    [InlineData("well", "running", 1, 1, 0)]
    [InlineData("done", "completed", 0, 0, 0)]
    [InlineData("botched", "exited", 0, 0, 0)]
    [InlineData("greedy", "exited", 0, 1, 0)]
    [InlineData("fewer", "running", 1, 3, 2)]
    [InlineData("made", "exited", 0, 1, 0)]
    [InlineData("gone", "missing", 0, 1, 1)]
    [InlineData("extra", "absent", 0, 0, 0)]
    [InlineData("errand", "absent", 0, 0, 0)]
    public async Task Measure_EachState_IsToldApart(string service, string state, int running, int desired, int missing)
    {
        var snapshot = await MeasureAsync();

        snapshot[$"{service}.state"].Text.ShouldBe(state);
        snapshot[$"{service}.running"].Number.ShouldBe(running);
        snapshot[$"{service}.desired"].Number.ShouldBe(desired);
        snapshot[$"{service}.missing"].Number.ShouldBe(missing);
    }

    [Fact]
    public async Task Measure_RestartLoop_NeverCountsAsStopped()
    {
        // Between two tries the loop is for some milliseconds really running, as the daemon says it.
        var snapshot = await Eventually.Async(MeasureAsync, s => s["looping.state"].Text == "restarting");

        snapshot["looping.restarting"].Number.ShouldBe(1);
        snapshot["looping.running"].Number.ShouldBe(0);
        snapshot["looping.exited"].Number.ShouldBe(0);
        snapshot["looping.restarts"].Number.ShouldBeGreaterThanOrEqualTo(4);
    }

    [Fact]
    public async Task Measure_Counts_TellWhatIsWrong()
    {
        var snapshot = await MeasureAsync();

        snapshot["crashed.exited"].Number.ShouldBe(1);
        snapshot["crashed.failed"].Number.ShouldBe(1);
        snapshot["crashed.exit_code"].Number.ShouldBe(3);
        snapshot["done.failed"].Number.ShouldBe(0);
        snapshot["botched.failed"].Number.ShouldBe(1);
        snapshot["botched.exit_code"].Number.ShouldBe(4);
        snapshot["frozen.paused"].Number.ShouldBe(1);
        snapshot["frozen.exited"].Number.ShouldBe(0);
        snapshot["half.paused"].Number.ShouldBe(1);
        snapshot["sick.unhealthy"].Number.ShouldBe(1);
        // The daemon itself misses the kernel's note when the process ends faster than the note arrives; the probe says what it says.
        var isFlagged = await Daemon.RunAsync("inspect", "--format", "{{.State.OOMKilled}}", zoo.Container("greedy")) == "true";
        snapshot["greedy.oom_killed"].Number.ShouldBe(isFlagged ? 1 : 0);
        snapshot["greedy.exit_code"].Number.ShouldBe(137);
        snapshot["fine.oom_killed"].Number.ShouldBe(0);
        snapshot["fine.restarts"].Number.ShouldBe(0);
        snapshot["fine.containers"].Text.ShouldBe($"{zoo.Container("fine")},{zoo.Container("fine", 2)}");
    }

    [Fact]
    public async Task Measure_StartedAt_IsTheDaemonsTime()
    {
        var snapshot = await MeasureAsync();
        var started = DateTimeOffset.Parse(await Daemon.RunAsync("inspect", "--format", "{{.State.StartedAt}}", zoo.Container("well")), System.Globalization.CultureInfo.InvariantCulture);

        snapshot["well.started_at"].Number.ShouldBe(started.ToUnixTimeMilliseconds() / 1000d, tolerance: 0.01);
        snapshot["well.uptime_seconds"].Number.ShouldBeInRange(0, 600);
        snapshot["made.started_at"].IsUnknown.ShouldBeTrue();
        snapshot["gone.started_at"].IsUnknown.ShouldBeTrue();
        snapshot["crashed.uptime_seconds"].IsUnknown.ShouldBeTrue();
    }

    [Fact]
    public async Task Measure_CountsOfEveryService_AreDefinite()
    {
        var snapshot = await MeasureAsync();

        foreach (var name in new DockerServicesSettings().Observes("probe", Services.ToDictionary(s => s.Name)).Where(n => !n.EndsWith(".started_at", StringComparison.Ordinal) && !n.EndsWith(".uptime_seconds", StringComparison.Ordinal)))
        {
            snapshot[name].IsUnknown.ShouldBeFalse(name);
        }
    }

    private async Task<Snapshot> MeasureAsync()
    {
        await Daemon.RequireAsync();
        var snapshot = await zoo.MeasureAsync(Services, "docker.services", new DockerServicesSettings());
        snapshot.IsObservable.ShouldBeTrue(snapshot.Probes[0].Failure);
        return snapshot;
    }
}
