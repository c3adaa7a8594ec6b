using FieldMedic.Incidents;
using FieldMedic.Packs;
using FieldMedic.Platform.Memcached;

namespace FieldMedic.Platform.Tests.Docker;

[Trait("needs", "docker")]
public sealed class MemcachedProbeTests(EmptyProject project) : IClassFixture<EmptyProject>
{
    [Fact]
    public async Task Measure_HealthyThenFrozenThenStopped_IsSeen()
    {
        await Daemon.RequireAsync();
        await project.RunAsync("cache", [], "memcached", "-u", "memcache", "-l", "0.0.0.0");

        await Eventually.Async(() => MeasureAsync("cache"), s => s["probe.ok"] == ObservedValue.Of(true));
        await Daemon.RunAsync("kill", "--signal", "STOP", project.Container("cache"));
        var frozen = await MeasureAsync("cache", seconds: 1);
        await Daemon.RunAsync("kill", "--signal", "CONT", project.Container("cache"));
        await Daemon.RunAsync("pause", project.Container("cache"));
        var paused = await MeasureAsync("cache");
        await Daemon.RunAsync("unpause", project.Container("cache"));
        await Daemon.RunAsync("kill", project.Container("cache"));
        var stopped = await MeasureAsync("cache");

        frozen["probe.ok"].ShouldBe(ObservedValue.Of(false));
        frozen.Find("probe.ok")!.Evidence.ShouldBe("no answer in time");
        paused["probe.ok"].ShouldBe(ObservedValue.Of(false));
        stopped["probe.ok"].ShouldBe(ObservedValue.Of(false));
        stopped.Find("probe.ok")!.Evidence.ShouldBe("no container runs");
    }

    [Fact]
    public async Task Measure_NothingListens_IsRefused()
    {
        await Daemon.RequireAsync();
        await project.RunAsync("deaf", [], "sleep", "3600");

        var snapshot = await MeasureAsync("deaf");

        snapshot["probe.ok"].ShouldBe(ObservedValue.Of(false));
        snapshot.Find("probe.ok")!.Evidence.ShouldBe("refused");
    }

    [Fact]
    public async Task Measure_NoWayToTheContainer_IsUnknown()
    {
        await Daemon.RequireAsync();
        await project.RunAsync("island", ["--network", "none"], "sleep", "3600");

        (await MeasureAsync("island"))["probe.ok"].IsUnknown.ShouldBeTrue();
    }

    private Task<Snapshot> MeasureAsync(string service, double seconds = 8)
        => project.MeasureAsync([new ServiceSpec(service, [])], "memcached", new MemcachedProbeSettings { Service = service }, seconds);
}
