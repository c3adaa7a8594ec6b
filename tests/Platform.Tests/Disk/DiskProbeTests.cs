using FieldMedic.Packs;
using FieldMedic.Platform.Disk;
using FieldMedic.Platform.Tests.Docker;

namespace FieldMedic.Platform.Tests.Disk;

[Trait("needs", "docker")]
public sealed class DiskProbeTests(EmptyProject project) : IClassFixture<EmptyProject>
{
    [Fact]
    public async Task Measure_FileSystemOfItsOwn_IsMeasuredAndNotTheHosts()
    {
        await Daemon.RequireAsync();
        await project.RunAsync("store", ["--tmpfs", "/data:size=1m,nr_inodes=100"], "bash", "-c", "head -c 524288 /dev/zero > /data/half; touch /data/{1..48}; sleep 3600");
        await Eventually.Async(() => Daemon.RunAsync("exec", project.Container("store"), "sh", "-c", "ls /data | wc -l"), n => n.Trim() == "49");

        var snapshot = await project.MeasureAsync([new ServiceSpec("store", [])], "docker.disk", new DiskSettings { Service = "store", Path = "/data" });

        snapshot["store.disk_used_percent"].Number.ShouldBe(50);
        snapshot["store.disk_free_bytes"].Number.ShouldBe(524288);
        snapshot["store.disk_inodes_used_percent"].Number.ShouldBe(50);
    }

    [Fact]
    public async Task Measure_SharedMemory_IsMeasuredBesideTheData()
    {
        await Daemon.RequireAsync();
        await project.RunAsync("sharing", ["--shm-size", "1m"], "bash", "-c", "head -c 786432 /dev/zero > /dev/shm/left; sleep 3600");
        await Eventually.Async(() => Daemon.RunAsync("exec", project.Container("sharing"), "stat", "-c", "%s", "/dev/shm/left"), n => n.Trim() == "786432");

        var snapshot = await project.MeasureAsync([new ServiceSpec("sharing", [])], "docker.disk", new DiskSettings { Service = "sharing", Path = "/", SharedMemory = true });

        snapshot["sharing.shared_memory_used_percent"].Number.ShouldBe(75);
        snapshot["sharing.disk_used_percent"].IsUnknown.ShouldBeFalse();
    }

    [Fact]
    public async Task Measure_NoSuchFolder_IsUnknown()
    {
        await Daemon.RequireAsync();
        await project.RunAsync("bare", [], "sleep", "3600");

        var snapshot = await project.MeasureAsync([new ServiceSpec("bare", [])], "docker.disk", new DiskSettings { Service = "bare", Path = "/nowhere" });

        snapshot["bare.disk_used_percent"].IsUnknown.ShouldBeTrue();
        snapshot.Probes.Single().Failure!.ShouldContain("no figures");
    }
}
