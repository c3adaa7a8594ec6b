using System.Globalization;
using System.Text.RegularExpressions;
using FieldMedic.Packs;
using FieldMedic.Platform.Docker;

namespace FieldMedic.Platform.Postgres;

/// <summary>
/// Looks for dead rows and ends one of them. Every statement is built here around the pack's fixed SQL: it can only read, or write one
/// row that is named by id, still dead, and unchanged since it was seen. Ids and versions travel as settings of the session, never in the text.
/// </summary>
internal sealed partial class DeadRows(DeadRowsSettings settings, Pack pack, DockerEngine docker, TimeProvider time)
{
    // Counted all, but named only so many: a table gone wrong as a whole must not flood the answer.
    private const int Named = 200;

    /// <exception cref="IOException">The table could not be read, or an answer is not to be trusted.</exception>
    public async Task<DeadRowsLook> LookAsync(CancellationToken cancellationToken)
    {
        var asked = time.GetUtcNow();
        var lines = await RunAsync(Select(), [], cancellationToken).ConfigureAwait(false);
        var database = DateTimeOffset.UnixEpoch.AddSeconds(double.Parse(lines[0]["clock=".Length..], CultureInfo.InvariantCulture));
        // After the rows: a container that came meanwhile counts.
        var containers = await docker.ContainersAsync(cancellationToken).ConfigureAwait(false);
        var daemon = await docker.ClockAsync(cancellationToken).ConfigureAwait(false);
        var skew = Skew(asked, time.GetUtcNow(), database, daemon);
        var rows = lines.Skip(1).Select(Read).ToList();
        var dead = rows.Where(r => !containers.Any(c => c.IsAlive && WorksOn(c, r))).ToList();
        return new DeadRowsLook(dead, rows.Count - dead.Count, skew);
    }

    /// <summary>Writes the assignments into one row, in one transaction. False when it is not any more what was seen.</summary>
    public async Task<bool> EndAsync(DeadRow row, IReadOnlyDictionary<string, string> assignments, CancellationToken cancellationToken)
    {
        if (assignments.Count == 0 || assignments.Keys.Any(c => !Name().IsMatch(c) || c == "id"))
        {
            throw new IOException("the assignments name no column, or one that is never written");
        }

        var set = string.Join(", ", assignments.Select(a => $"{a.Key} = ({a.Value})"));
        var update = $"UPDATE {Table} SET {set} WHERE id::text = current_setting('fieldmedic.id') AND xmin::text = current_setting('fieldmedic.version') AND ({settings.Dead}) RETURNING 'ended=' || id";
        var lines = await RunAsync([update], [$"-c fieldmedic.id={row.Id}", $"-c fieldmedic.version={row.Version}"], cancellationToken).ConfigureAwait(false);
        return lines is [var line] && line == $"ended={row.Id}";
    }

    /// <summary>The id of the row that a container works or worked on, when its label names one.</summary>
    public string? RowOf(ListedContainer container) => container.Labels.GetValueOrDefault(settings.ContainerLabel) is { } id && RowId().IsMatch(id) ? id : null;

    /// <summary>Which of these rows exist and are over.</summary>
    public async Task<IReadOnlySet<string>> OverAsync(IReadOnlyList<string> ids, string over, CancellationToken cancellationToken)
    {
        var some = ids.Where(i => RowId().IsMatch(i)).Take(Named).ToList();
        var select = $"SELECT 'over=' || id FROM {Table} WHERE id::text = ANY (string_to_array(current_setting('fieldmedic.ids'), ',')) AND ({over})";
        var lines = await RunAsync([select], [$"-c fieldmedic.ids={string.Join(',', some)}"], cancellationToken).ConfigureAwait(false);
        return lines.Select(l => l["over=".Length..]).ToHashSet(StringComparer.Ordinal);
    }

    private string Table => QualifiedName().IsMatch(settings.Table) ? settings.Table : throw new IOException("the table's name is not one");

    private List<string> Select()
    {
        var container = settings.ContainerColumn is not { } column ? "''"
            : Name().IsMatch(column) ? $"coalesce({column}::text, '')" : throw new IOException("the container column's name is not one");
        return
        [
            "SELECT 'clock=' || extract(epoch FROM clock_timestamp())",
            $"SELECT 'row=' || id || '|' || xmin || '|' || ({settings.Age})::bigint || '|' || {container} FROM {Table} WHERE ({settings.Dead}) ORDER BY ({settings.Age}) DESC LIMIT {Named}",
        ];
    }

    private static DeadRow Read(string line)
        => Row().Match(line) is { Success: true } match
            ? new DeadRow(match.Groups["id"].Value, match.Groups["version"].Value, long.Parse(match.Groups["age"].Value, CultureInfo.InvariantCulture), match.Groups["container"].Value)
            : throw new IOException("a row is not as it should be");

    private bool WorksOn(ListedContainer container, DeadRow row)
        => container.Labels.GetValueOrDefault(settings.ContainerLabel) == row.Id
            || (row.ContainerId.Length >= 12 && container.Id.StartsWith(row.ContainerId, StringComparison.Ordinal));

    private static TimeSpan Skew(DateTimeOffset asked, DateTimeOffset answered, params DateTimeOffset[] others)
        => others.Append(answered).Max() - others.Append(asked).Min() - (answered - asked) is var skew && skew > TimeSpan.Zero ? skew : TimeSpan.Zero;

    private async Task<IReadOnlyList<string>> RunAsync(IReadOnlyList<string> statements, IReadOnlyList<string> options, CancellationToken cancellationToken)
    {
        var role = await DatabaseRole.FindAsync(settings, pack.ComposeProject!, docker, cancellationToken).ConfigureAwait(false);
        if (!role.CanBeAsked)
        {
            throw new IOException($"the container of {settings.Service} does not run");
        }

        string[] argv = ["psql", "-X", "-q", "-A", "-t", "-w", "-v", "ON_ERROR_STOP=1", "-U", role.User!, "-d", role.Database!, .. statements.SelectMany(s => new[] { "-c", s })];
        var session = string.Join(' ', ["-c statement_timeout=4000", "-c lock_timeout=2000", .. options]);
        var ran = await docker.ExecAsync(role.Container!.Id, argv, ["PGCONNECT_TIMEOUT=3", $"PGOPTIONS={session}", "PGAPPNAME=fieldmedic"], cancellationToken).ConfigureAwait(false);
        return ran.ExitCode == 0
            ? ran.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            : throw new IOException($"the database did not answer the question on {settings.Table} (psql ended with {ran.ExitCode})");
    }

    [GeneratedRegex(@"^[a-z_][a-z0-9_]{0,62}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Name();

    [GeneratedRegex(@"^[a-z_][a-z0-9_]{0,62}(\.[a-z_][a-z0-9_]{0,62})?\z", RegexOptions.CultureInvariant)]
    private static partial Regex QualifiedName();

    [GeneratedRegex(@"^[A-Za-z0-9\-]{1,64}\z", RegexOptions.CultureInvariant)]
    private static partial Regex RowId();

    /// <summary>Nothing that could end an option of the session or begin another.</summary>
    [GeneratedRegex(@"^row=(?<id>[A-Za-z0-9\-]{1,64})\|(?<version>[0-9]{1,20})\|(?<age>-?[0-9]{1,18})\|(?<container>[0-9a-f]{0,64})\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Row();
}
