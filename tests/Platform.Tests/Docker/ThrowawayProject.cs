using System.Globalization;
using FieldMedic.Incidents;
using FieldMedic.Packs;
using FieldMedic.Platform.Docker;

namespace FieldMedic.Platform.Tests.Docker;

/// <summary>Containers of a made-up compose project; all of them are removed at the end, whatever happened.</summary>
public abstract class ThrowawayProject : IAsyncLifetime
{
    public string Name { get; } = $"fmtest-{Random.Shared.Next():x8}";

    protected abstract Task CreateAsync();

    public async ValueTask InitializeAsync()
    {
        if (!await Daemon.IsThereAsync())
        {
            return;
        }

        try
        {
            await CreateAsync();
        }
        catch
        {
            await DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (await Daemon.IsThereAsync())
        {
            var ids = await Daemon.RunAsync("ps", "-aq", "--filter", $"label={ComposeLabels.Project}={Name}");
            if (ids.Length > 0)
            {
                await Daemon.RunAsync(["rm", "--force", .. ids.Split('\n')]);
            }
        }

        GC.SuppressFinalize(this);
    }

    public string Container(string service, int number = 1) => string.Create(CultureInfo.InvariantCulture, $"{Name}-{service}-{number}");

    /// <summary>Makes and starts a container of a service.</summary>
    public async Task RunAsync(string service, string[] options, params string[] command)
        => await Daemon.RunAsync([.. Arguments("run", service, 1), .. options, await Daemon.ImageAsync(), .. command]);

    public async Task RunAsync(string service, int number, params string[] command)
        => await Daemon.RunAsync([.. Arguments("run", service, number), await Daemon.ImageAsync(), .. command]);

    public async Task CreateAsync(string service, params string[] command)
        => await Daemon.RunAsync([.. Arguments("create", service, 1), await Daemon.ImageAsync(), .. command]);

    /// <summary>Waits until the daemon says so about a container.</summary>
    public Task StateAsync(string service, string format, string expected)
        => Eventually.Async(() => Daemon.RunAsync("inspect", "--format", format, Container(service)), seen => seen == expected);

    internal Pack Pack(IEnumerable<ServiceSpec> services, params ProbeSpec[] probes) => Connected.Pack("/", probes) with
    {
        Docker = Daemon.Endpoint,
        ComposeProject = Name,
        Services = services.ToDictionary(s => s.Name, StringComparer.Ordinal),
    };

    internal Task<Snapshot> MeasureAsync(IEnumerable<ServiceSpec> services, string kind, IProbeSettings settings, double seconds = 8)
        => Connected.MeasureAsync(Pack(services, Connected.Probe("probe", kind, settings, seconds)));

    private List<string> Arguments(string verb, string service, int number)
        => [verb, .. verb == "run" ? new[] { "--detach" } : [], "--name", Container(service, number), "--label", $"{ComposeLabels.Project}={Name}", "--label", $"{ComposeLabels.Service}={service}", "--label", $"{ComposeLabels.Number}={number}"];
}
