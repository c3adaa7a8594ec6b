using FieldMedic.Incidents;
using FieldMedic.Packs;
using FieldMedic.Platform.Docker;

namespace FieldMedic.Platform.Tests.Docker;

[Trait("needs", "docker")]
public sealed class DockerResourcesProbeTests(EmptyProject project) : IClassFixture<EmptyProject>
{
    [Fact]
    public async Task Measure_ChildKilledForMemory_IsCountedAlthoughTheFlagIsNot()
    {
        await Daemon.RequireAsync();
        // The first process lives on; only what it started is killed.
        await project.RunAsync("shell", ["--memory", "24m", "--memory-swap", "24m"], "bash", "-c", "tail /dev/zero; tail /dev/zero; echo over; sleep 3600");
        await Eventually.Async(() => Daemon.RunAsync("logs", project.Container("shell")), log => log.Contains("over", StringComparison.Ordinal));

        var snapshot = await MeasureAsync("shell");

        snapshot["shell.oom_kills"].Number.ShouldBe(2);
        snapshot["shell.oom_recent"].Number.ShouldBe(2);
        snapshot["shell.memory_percent"].Number.ShouldBeInRange(0, 100);
        (await Daemon.RunAsync("inspect", "--format", "{{.State.Running}} {{.RestartCount}}", project.Container("shell"))).ShouldBe("true 0");

        await Daemon.RunAsync("restart", "--time", "0", project.Container("shell"));
        await Eventually.Async(() => MeasureAsync("shell"), s => s["shell.oom_kills"].Number == 2);
    }

    [Fact]
    public async Task Measure_QuotaUsedUp_ShowsThrottling()
    {
        await Daemon.RequireAsync();
        await project.RunAsync("busy", ["--cpus", "0.1"], "bash", "-c", "while :; do :; done");

        var snapshot = await Eventually.Async(() => MeasureAsync("busy"), s => s["busy.cpu_throttled_percent"].Number > 50);

        snapshot["busy.cpu_percent"].Number.ShouldBeGreaterThan(0);
        snapshot["busy.oom_kills"].ShouldBe(ObservedValue.Of(0));
    }

    [Fact]
    public async Task Measure_NothingRuns_IsZero()
    {
        await Daemon.RequireAsync();

        var snapshot = await MeasureAsync("absent");

        snapshot["absent.oom_recent"].ShouldBe(ObservedValue.Of(0));
        snapshot["absent.memory_bytes"].ShouldBe(ObservedValue.Of(0));
    }

    [Theory]
    [InlineData("oom_kill_disable 0\nunder_oom 0\noom_kill 4\n", 4L)]
    [InlineData("low 0\nhigh 0\nmax 9\noom 3\noom_kill 2\noom_group_kill 0\n", 2L)]
    [InlineData("cat: /sys/fs/cgroup/memory.events: No such file or directory", null)]
    [InlineData("oom_kill_disable 1\n", null)]
    public void Count_OfBothVersionsOfCgroups(string text, long? count) => OomKills.Count(text).ShouldBe(count);

    private Task<Snapshot> MeasureAsync(string service) => project.MeasureAsync([new ServiceSpec(service, [])], "docker.resources", new DockerResourcesSettings());
}
