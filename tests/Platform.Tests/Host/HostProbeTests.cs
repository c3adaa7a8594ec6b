using System.Globalization;
using FieldMedic.Incidents;
using FieldMedic.Platform.Commands;
using FieldMedic.Platform.Host;

namespace FieldMedic.Platform.Tests.Host;

public sealed class HostProbeTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/")]
    [InlineData("/tmp")]
    [InlineData("/dev/shm")]
    public async Task Measure_Disk_IsWhatDfSays(string path)
    {
        var snapshot = await MeasureAsync(new HostProbeSettings { Path = path });
        var blocks = await DfAsync("-P", "-B1", path);
        var inodes = await DfAsync("-P", "-i", path);

        snapshot["host.disk_used_percent"].Number.ShouldBe(Percent(blocks[4]), tolerance: 1.5);
        var free = double.Parse(blocks[3], CultureInfo.InvariantCulture);
        snapshot["host.disk_free_bytes"].Number.ShouldBe(free, tolerance: 0.05 * free);
        snapshot["host.inodes_used_percent"].Number.ShouldBe(Percent(inodes[4]), tolerance: 1.5);
    }

    [Fact]
    public async Task Measure_FileSystemWithoutInodes_IsZeroAndNotUnknown()
        => (await MeasureAsync(new HostProbeSettings { Path = "/proc" }))["host.inodes_used_percent"].ShouldBe(ObservedValue.Of(0));

    [Fact]
    public async Task Measure_MemoryAndLoad_AreWhatProcSays()
    {
        var snapshot = await MeasureAsync(new HostProbeSettings { Path = "/" });
        var total = 1024 * double.Parse(File.ReadLines("/proc/meminfo").First().Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);

        snapshot["host.memory_total_bytes"].Number.ShouldBe(total);
        snapshot["host.memory_available_bytes"].Number.ShouldBeInRange(1, total);
        snapshot["host.memory_used_percent"].Number.ShouldBeInRange(0.1, 100);
        snapshot["host.load1"].Number.ShouldBeInRange(0, 10_000);
    }

    [Fact]
    public async Task Measure_PathThatIsNotThere_IsUnknownAndNeverEmpty()
    {
        var snapshot = await MeasureAsync(new HostProbeSettings { Path = "/no/such/folder" });

        snapshot.IsObservable.ShouldBeFalse();
        snapshot["host.disk_used_percent"].IsUnknown.ShouldBeTrue();
    }

    [Fact]
    public async Task Measure_DaemonOnAnotherMachine_IsUnknown()
    {
        var pack = Connected.Pack("/", Connected.Probe("host", "host", new HostProbeSettings { Path = "/" })) with { Docker = "tcp://192.0.2.1:2375", ComposeProject = "far" };

        var snapshot = await Connected.MeasureAsync(pack);

        snapshot.Probes.Single().Failure.ShouldBe("the containers run on another machine");
    }

    private static double Percent(string text) => double.Parse(text.TrimEnd('%'), CultureInfo.InvariantCulture);

    private static async Task<string[]> DfAsync(params string[] arguments)
        => (await FixedCommand.RunAsync(["df", .. arguments], "/", new Dictionary<string, string>(), Token)).Output.Split('\n')[1].Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static Task<Snapshot> MeasureAsync(HostProbeSettings settings) => Connected.MeasureAsync(Connected.Pack("/", Connected.Probe("host", "host", settings)));
}
