using System.Collections.Concurrent;
using FieldMedic.Incidents;
using FieldMedic.Packs;
using FieldMedic.Systems;

namespace FieldMedic.Platform.Postgres;

/// <summary>
/// Ends dead rows, one a call. A row is only ended when two looks, some seconds apart, saw it dead and untouched, and the statement
/// itself finds it so once more: whatever could still move it has moved it by then.
/// </summary>
internal sealed class FailRowsAction(RemedySpec remedy, DeadRows rows, TimeProvider time) : IRemedyAction
{
    private readonly FailRowsSettings _settings = (FailRowsSettings)remedy.Settings;
    private readonly ConcurrentDictionary<string, (DeadRow Row, long At)> _seen = new(StringComparer.Ordinal);

    public string Remedy => remedy.Id;

    public async Task<ActionTargets> ResolveAsync(Snapshot snapshot, string? service, CancellationToken cancellationToken)
    {
        var look = await rows.LookAsync(cancellationToken).ConfigureAwait(false);
        if (Refusal(look) is { } refusal)
        {
            return ActionTargets.None(refusal);
        }

        if (look.Dead.Count == 0)
        {
            return ActionTargets.None(look.WorkedOn > 0 ? $"containers still work on all {look.WorkedOn} of them" : "no row is dead");
        }

        foreach (var row in look.Dead)
        {
            Remember(row);
        }

        return ActionTargets.Of([.. look.Dead.Select(r => r.Id)]);
    }

    public async Task<ActionResult> ExecuteAsync(PlannedAction action, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(action);
        var first = _seen.TryGetValue(action.Target, out var known) ? known : await FirstLookAsync(action.Target, cancellationToken).ConfigureAwait(false);
        if (first.Row is null)
        {
            return Untouched("is not dead");
        }

        var wait = _settings.Unmoved - time.GetElapsedTime(first.At);
        if (wait > TimeSpan.Zero)
        {
            await Task.Delay(wait, time, cancellationToken).ConfigureAwait(false);
        }

        var look = await rows.LookAsync(cancellationToken).ConfigureAwait(false);
        if (Refusal(look) is { } refusal)
        {
            return new ActionResult(false, $"{refusal}; nothing was done");
        }

        var now = look.Dead.FirstOrDefault(r => r.Id == action.Target);
        _seen.TryRemove(action.Target, out _);
        return now is null || now.Version != first.Row.Version ? Untouched("has moved by itself, or something works on it")
            : await rows.EndAsync(now, _settings.Set, cancellationToken).ConfigureAwait(false)
                ? new ActionResult(true, $"{action.Target} was dead for {Words(now.Seconds)} and is ended; no other row was touched")
                : Untouched("moved in the last instant");

        ActionResult Untouched(string why) => new(false, $"{action.Target} {why}; nothing was done");
    }

    /// <summary>For a plan that was made by another process.</summary>
    private async Task<(DeadRow Row, long At)> FirstLookAsync(string id, CancellationToken cancellationToken)
    {
        var look = await rows.LookAsync(cancellationToken).ConfigureAwait(false);
        return look.Dead.FirstOrDefault(r => r.Id == id) is { } row ? Remember(row) : default;
    }

    private (DeadRow Row, long At) Remember(DeadRow row)
        => _seen.AddOrUpdate(row.Id, _ => (row, time.GetTimestamp()), (_, old) => old.Row.Version == row.Version ? old : (row, time.GetTimestamp()));

    private string? Refusal(DeadRowsLook look)
        => look.ClockSkew > DeadRowsLook.SkewLimit ? $"the clocks differ by {look.ClockSkew.TotalSeconds:0} s, so no age can be trusted"
            : look.Dead.Count > _settings.Most ? $"{look.Dead.Count} rows would be ended; more than {_settings.Most} are for a person"
            : null;

    private static string Words(long seconds) => seconds >= 7200 ? $"{seconds / 3600} h" : $"{seconds / 60} min";
}
