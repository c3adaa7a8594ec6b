using FieldMedic.Incidents;
using FieldMedic.Packs;
using FieldMedic.Systems;

namespace FieldMedic.Platform.Tests;

/// <summary>A pack made in code and connected the way the program connects it; measured only through the sweep.</summary>
internal sealed class Connected : IDisposable
{
    private readonly PlatformConnection _connection;

    public Connected(Pack pack) => _connection = PlatformConnection.Open(pack, TimeProvider.System);

    public PlatformSecrets Secrets => _connection.Secrets;

    public PlatformDoctor Doctor => _connection.Doctor;

    public IRemedyAction Action(string id) => _connection.System.Actions[id];

    public Task<Snapshot> SweepAsync() => new Sweep(_connection.System, TimeProvider.System).TakeAsync(TestContext.Current.CancellationToken);

    public void Dispose() => _connection.Dispose();

    public static Pack Pack(string folder, params ProbeSpec[] probes)
        => new() { System = "tests", Title = "Tests", Folder = folder, Probes = probes, Problems = [] };

    public static ProbeSpec Probe(string name, string kind, IProbeSettings settings, double seconds = 5, TimeSpan staleAfter = default)
        => new(name, kind, settings, TimeSpan.FromSeconds(seconds), staleAfter, Required: true);

    /// <summary>One probe, one sweep.</summary>
    public static async Task<Snapshot> MeasureAsync(Pack pack)
    {
        using var connected = new Connected(pack);
        return await connected.SweepAsync();
    }
}
