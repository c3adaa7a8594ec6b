using FieldMedic.Incidents;
using FieldMedic.Journal;
using FieldMedic.Packs;

namespace FieldMedic.Limits;

/// <summary>
/// The limits of a system: kill switch, cooldown, attempts per window, hourly cap, breaker. They are read from durable
/// storage each time; one that cannot be read counts as reached. Decide asks to predict, the executor asks to enforce.
/// </summary>
public sealed class SafetyLimits(Pack pack, IJournal journal, IControls controls, TimeProvider time)
{
    /// <summary>Null when the action may run now; else why not.</summary>
    public async Task<LimitRefusal?> CheckAsync(PlannedAction action, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(action);
        try
        {
            if (await controls.PausedAsync(pack.System, cancellationToken).ConfigureAwait(false) is { } paused)
            {
                return new LimitRefusal(EscalationReason.Paused, $"paused: {paused}");
            }

            var policy = pack.Policy;
            var now = time.GetUtcNow();
            var longest = policy.RemedyWindow > TimeSpan.FromHours(1) ? policy.RemedyWindow : TimeSpan.FromHours(1);
            var log = await journal.ActionsAsync(pack.System, now - longest, cancellationToken).ConfigureAwait(false);
            var verdicts = await journal.VerdictsAsync(pack.System, now - policy.RemedyWindow, cancellationToken).ConfigureAwait(false);
            return Judge(action, log, verdicts, now);
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            return new LimitRefusal(EscalationReason.LimitUnreadable, $"a limit could not be read: {e.Message}");
        }
    }

    private LimitRefusal? Judge(PlannedAction action, IReadOnlyList<ActionLogRow> log, IReadOnlyList<Verdict> verdicts, DateTimeOffset now)
    {
        var policy = pack.Policy;
        if (log.Count(r => r.At > now - TimeSpan.FromHours(1)) >= policy.ActionsPerHour)
        {
            return new LimitRefusal(EscalationReason.LimitReached, $"{policy.ActionsPerHour} actions in the last hour are the cap");
        }

        var same = log.Where(r => r.Remedy == action.Remedy && r.Target == action.Target).ToList();
        var remedy = pack.Remedies.GetValueOrDefault(action.Remedy);
        var attempts = remedy?.Attempts ?? policy.RemedyAttempts;
        if (same.Count(r => r.At > now - policy.RemedyWindow) >= attempts)
        {
            return new LimitRefusal(EscalationReason.LimitReached, $"{action.Remedy} was used {attempts} times on {action.Target} within {policy.RemedyWindow.TotalMinutes:0} min");
        }

        var cooldown = remedy?.Cooldown ?? policy.Cooldown;
        // One whose outcome is unknown does not start a cooldown: the system was observed again since, and the counts still hold it.
        if (same.LastOrDefault(r => r.Succeeded is not null) is { } last && now - last.At < cooldown)
        {
            return new LimitRefusal(EscalationReason.LimitReached, $"{action.Remedy} ran on {action.Target} {(now - last.At).TotalSeconds:0} s ago; its cooldown is {cooldown.TotalSeconds:0} s");
        }

        var failures = verdicts.Reverse().TakeWhile(v => v is not (Verdict.Resolved or Verdict.Mitigated)).Count();
        return failures >= policy.BreakerFailures
            ? new LimitRefusal(EscalationReason.BreakerOpen, $"the last {failures} verdicts were failures")
            : null;
    }
}
