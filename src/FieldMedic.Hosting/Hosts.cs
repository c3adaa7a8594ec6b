namespace FieldMedic.Hosting;

/// <summary>The hosts of several systems that share one store and one tracker.</summary>
public sealed class Hosts : IAsyncDisposable
{
    private readonly List<FieldMedicHost> _all = [];

    private Hosts()
    {
    }

    /// <summary>In the order of their settings.</summary>
    public IReadOnlyList<FieldMedicHost> All => _all;

    /// <param name="settings">One or more; store and tracker are those of the first.</param>
    /// <exception cref="ConfigurationException">A pack or a setting is wrong.</exception>
    /// <exception cref="Journal.JournalException">The store cannot be opened.</exception>
    public static async Task<Hosts> OpenAsync(IReadOnlyList<FieldMedicSettings> settings, HostNeeds needs, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var hosts = new Hosts();
        try
        {
            hosts._all.Add(await FieldMedicHost.OpenAsync(settings[0], needs, cancellationToken).ConfigureAwait(false));
            foreach (var more in settings.Skip(1))
            {
                hosts._all.Add(await hosts._all[0].BesideAsync(more, cancellationToken).ConfigureAwait(false));
            }

            return hosts;
        }
        catch
        {
            await hosts.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>The first, on which the others rest, goes last.</summary>
    public async ValueTask DisposeAsync()
    {
        for (var i = _all.Count - 1; i >= 0; i--)
        {
            await _all[i].DisposeAsync().ConfigureAwait(false);
        }
    }
}
