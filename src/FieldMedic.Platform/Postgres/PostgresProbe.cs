using System.Globalization;
using System.Text.RegularExpressions;
using FieldMedic.Incidents;
using FieldMedic.Packs;
using FieldMedic.Platform.Docker;
using FieldMedic.Systems;

namespace FieldMedic.Platform.Postgres;

/// <summary>
/// Does the database answer, and can the app's role write? Not "is the port open": a paused or full database accepts connections and
/// does no work. The write is a temporary table that is filled, read and rolled back.
/// </summary>
internal sealed partial class PostgresProbe(ProbeSpec spec, Pack pack, DockerEngine docker, TimeProvider time) : IProbe
{
    private static readonly TimeSpan Margin = TimeSpan.FromMilliseconds(500);
    private static readonly (string Sign, string Name)[] Categories =
    [
        ("too many clients", "too_many_connections"), ("connection slots", "too_many_connections"), ("too many connections", "too_many_connections"),
        ("No space left", "disk_full"), ("could not extend", "disk_full"),
        ("starting up", "starting"), ("shutting down", "starting"), ("recovery", "starting"),
        ("does not exist", "role_or_database_missing"), ("authentication failed", "authentication"), ("no password", "authentication"), ("pg_hba", "authentication"),
        ("read-only", "read_only"), ("lock timeout", "locked"), ("timeout", "no_answer"), ("canceling statement", "no_answer"),
        ("connection to server", "refused"), ("could not connect", "refused"), ("No such file", "refused"),
    ];

    private readonly PostgresProbeSettings _settings = (PostgresProbeSettings)spec.Settings;

    public string Name => spec.Name;

    public TimeSpan Timeout => spec.Timeout;

    public bool Required => spec.Required;

    private string Db => _settings.Service;

    public async Task<IReadOnlyList<Observation>> MeasureAsync(CancellationToken cancellationToken)
    {
        var role = await DatabaseRole.FindAsync(_settings, pack.ComposeProject!, docker, cancellationToken).ConfigureAwait(false);
        if (!role.CanBeAsked)
        {
            var state = role.Container?.Status ?? "missing";
            return Refused(state, $"the container is {state}");
        }

        return await AskAsync(role.Container!, role.User!, role.Database!, cancellationToken).ConfigureAwait(false);
    }

    private async Task<IReadOnlyList<Observation>> AskAsync(ContainerFacts container, string user, string database, CancellationToken cancellationToken)
    {
        var limit = spec.Timeout > 2 * Margin ? spec.Timeout - Margin : spec.Timeout;
        using var own = new CancellationTokenSource(limit, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(own.Token, cancellationToken);
        var started = time.GetTimestamp();
        try
        {
            var ran = await docker.ExecAsync(container.Id, Argv(user, database), Environment(limit), both.Token).ConfigureAwait(false);
            if (ran.ExitCode is 126 or 127)
            {
                // The daemon's words for "not found"; what the database does is not known by that.
                throw new IOException("psql cannot be run in the container");
            }

            var refusal = ran.Error.Length > 0 && !ran.Output.Contains("fm:accepting=", StringComparison.Ordinal) ? Category(ran.Error) : null;
            return refusal is null ? Parse(ran, time.GetElapsedTime(started)) : Refused(refusal, refusal);
        }
        catch (DockerException e) when (e.Status == 409)
        {
            // It stopped, was paused or went into a restart between the look and the question.
            return Refused("stopped", "the container does not run any more");
        }
        catch (OperationCanceledException) when (own.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            // A silent database makes psql give up by itself before this: here the machine or the daemon is slow, which says nothing of it.
            throw new IOException($"psql did not come back within {limit.TotalSeconds:0.#} s");
        }
    }

    /// <summary>Each -c is a statement of its own on one connection; the first failure ends it and what follows stays unknown.</summary>
    private List<string> Argv(string user, string database)
    {
        List<string> argv = ["psql", "-X", "-q", "-A", "-t", "-w", "-v", "ON_ERROR_STOP=1", "-U", user, "-d", database];
        Add("SELECT 'fm:accepting=1'");
        Add("SELECT 'fm:read_only=' || (CASE WHEN current_setting('transaction_read_only') = 'on' OR pg_is_in_recovery() THEN 1 ELSE 0 END)");
        Add("SELECT 'fm:connections=' || (SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend')");
        Add("SELECT 'fm:max_connections=' || current_setting('max_connections')");
        Add("SELECT 'fm:connections_percent=' || (SELECT round(100.0 * count(*) / current_setting('max_connections')::int) FROM pg_stat_activity WHERE backend_type = 'client backend')");
        Add("BEGIN; CREATE TEMPORARY TABLE fieldmedic_probe (n int) ON COMMIT DROP; INSERT INTO fieldmedic_probe VALUES (42); SELECT 'fm:write_ok=' || (n = 42)::int FROM fieldmedic_probe; ROLLBACK");
        foreach (var (name, sql) in _settings.Queries)
        {
            Add($"SELECT 'q:{name}=' || ({sql})");
        }

        Add("SELECT 'fm:size_bytes=' || pg_database_size(current_database())");
        return argv;

        void Add(string sql)
        {
            argv.Add("-c");
            argv.Add(sql);
        }
    }

    /// <summary>
    /// A silent server, and one slow or locked query, end before the whole limit does: then psql says so, and what was measured until then
    /// counts. psql takes two seconds at the least.
    /// </summary>
    private static string[] Environment(TimeSpan limit)
        => [$"PGCONNECT_TIMEOUT={Math.Max(2, (int)(0.6 * limit.TotalSeconds))}", $"PGOPTIONS=-c statement_timeout={(int)(0.6 * limit.TotalMilliseconds)} -c lock_timeout=500", "PGAPPNAME=fieldmedic"];

    private List<Observation> Parse(ExecResult ran, TimeSpan elapsed)
    {
        // The first line of a name counts: a value that holds a line break cannot overwrite what was measured before it.
        var values = Line().Matches(ran.Output).GroupBy(m => m.Groups["kind"].Value + m.Groups["name"].Value, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.First().Groups["value"].Value, StringComparer.Ordinal);
        var evidence = ran.Error.Length > 0 ? Category(ran.Error) : "psql as the app's role";
        var accepts = values.ContainsKey("fm:accepting");
        List<Observation> observations =
        [
            Of("accepting", ObservedValue.Of(accepts)),
            // Connected but the write did not come through: that is an answer too.
            Of("write_ok", ObservedValue.Of(values.GetValueOrDefault("fm:write_ok") == "1")),
            Of("read_only", Flag("fm:read_only")),
            Of("connections", Number("fm:connections")),
            Of("max_connections", Number("fm:max_connections")),
            Of("connections_percent", Number("fm:connections_percent")),
            Of("size_bytes", Number("fm:size_bytes")),
            Of("query_ms", ObservedValue.Of(Math.Round(elapsed.TotalMilliseconds))),
            Of("refused", ObservedValue.Of(ran.Error.Length > 0 ? Category(ran.Error) : "")),
        ];
        var now = time.GetUtcNow();
        observations.AddRange(_settings.Queries.Keys.Select(q => new Observation(q, Number($"q:{q}"), now, evidence)));
        return observations;

        Observation Of(string field, ObservedValue value) => new($"{Db}.{field}", value, time.GetUtcNow(), evidence);

        ObservedValue Number(string key) => values.TryGetValue(key, out var text) && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? ObservedValue.Of(number)
            : ObservedValue.Unknown($"not measured ({evidence})");

        ObservedValue Flag(string key) => values.TryGetValue(key, out var text) ? ObservedValue.Of(text == "1") : ObservedValue.Unknown($"not measured ({evidence})");
    }

    private List<Observation> Refused(string category, string evidence)
    {
        var now = time.GetUtcNow();
        List<Observation> observations =
        [
            new($"{Db}.accepting", ObservedValue.Of(false), now, evidence),
            new($"{Db}.write_ok", ObservedValue.Of(false), now, evidence),
            new($"{Db}.refused", ObservedValue.Of(category), now, evidence),
        ];
        // Whether it would be read-only cannot matter while nobody gets in.
        observations.Add(new Observation($"{Db}.read_only", ObservedValue.Of(false), now, evidence));
        observations.AddRange(_settings.Queries.Keys.Select(q => new Observation(q, ObservedValue.Unknown(evidence), now, evidence)));
        return observations;
    }

    /// <summary>A closed list: what psql prints may hold names and addresses and is not passed on.</summary>
    private static string Category(string error)
        => Categories.FirstOrDefault(c => error.Contains(c.Sign, StringComparison.OrdinalIgnoreCase)).Name ?? "error";

    [GeneratedRegex(@"^(?<kind>fm:|q:)(?<name>[a-z0-9_.\-]+)=(?<value>[^\r\n]*)\r?$", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Line();
}
