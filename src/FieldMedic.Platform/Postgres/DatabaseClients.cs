using System.Text.RegularExpressions;
using FieldMedic.Packs;
using FieldMedic.Platform.Docker;

namespace FieldMedic.Platform.Postgres;

/// <summary>Connections of a PostgreSQL by the container they come from, from its processes' titles.</summary>
internal sealed partial class DatabaseClients(string service, Pack pack, DockerEngine docker)
{
    public const string Local = "[local]";

    public string Service => service;

    /// <summary>The one with the most connections first; null when the database does not run.</summary>
    public async Task<IReadOnlyList<DatabaseClient>?> LookAsync(CancellationToken cancellationToken)
    {
        var containers = await docker.ProjectAsync(pack.ComposeProject!, cancellationToken).ConfigureAwait(false);
        if (containers.FirstOrDefault(c => c.Service == service && c is { Running: true, Restarting: false }) is not { } database)
        {
            return null;
        }

        var titles = await docker.ProcessesAsync(database.Id, cancellationToken).ConfigureAwait(false);
        return
        [
            .. titles
                .Select(t => Title().Match(t))
                .Where(m => m.Success)
                .GroupBy(m => m.Groups["address"].Value, StringComparer.Ordinal)
                .Select(g => new DatabaseClient(g.Key, containers.FirstOrDefault(c => c.Addresses.Contains(g.Key, StringComparer.Ordinal)), g.Count(), g.Count(m => m.Groups["state"].Value.StartsWith("idle", StringComparison.Ordinal))))
                .OrderByDescending(c => c.Connections)
                .ThenBy(c => c.Address, StringComparer.Ordinal),
        ];
    }

    /// <summary>"postgres: [cluster: ]user database address(port) state"; a local one has no port.</summary>
    [GeneratedRegex(@"^postgres: (?:\S+: )?\S+ \S+ (?<address>\[local\]|[0-9a-fA-F:.]+(?=\(\d+\)))(\(\d+\))? (?<state>\S.*)$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Title();
}
