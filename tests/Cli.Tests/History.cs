using FieldMedic.Incidents;
using FieldMedic.Journal;
using FieldMedic.Storage;
using Microsoft.Extensions.Time.Testing;

namespace FieldMedic.Cli.Tests;

/// <summary>Writes a made-up but possible history into a real store: repairs, answers, escalations, relapses, reopens, duplicates, crashes.</summary>
internal sealed class History(SqliteStore store, FakeTimeProvider time, int seed)
{
    private static readonly Snapshot Seen = new(DateTimeOffset.UnixEpoch, [], []);
    private readonly Random _random = new(seed);
    private IncidentId _id;
    private long _sequence;
    private int _issue;
    private int _incident;

    public static async Task WriteAsync(string file, int incidents, int seed, DateTimeOffset from)
    {
        var time = new FakeTimeProvider(from);
        await using var store = await SqliteStore.OpenAsync(file, time, TestContext.Current.CancellationToken);
        var history = new History(store, time, seed);
        for (var i = 0; i < incidents; i++)
        {
            await history.OneAsync();
        }
    }

    private async Task OneAsync()
    {
        _id = new IncidentId($"INC-20260101-000000-{_incident++:x6}");
        _sequence = 0;
        time.Advance(TimeSpan.FromSeconds(_random.Next(60, 4000)));
        var reopened = _random.Next(12) == 0;
        var issue = NewIssue();
        var issues = new List<IssueRef> { issue };
        await AppendAsync(new IncidentEvent.IncidentOpened("tiny", issue, Complaint.None, HumanReopened: reopened));
        if (_random.Next(6) == 0)
        {
            issues.Add(NewIssue());
            await AppendAsync(new IncidentEvent.IssueAttached(issues[1], Complaint.None));
        }

        switch (_random.Next(10))
        {
            case 0:
                await AnswerAsync(issues);
                break;
            case 1:
                await HeldAsync(issues);
                break;
            case 2:
                await EscalateAsync(issues, Any<EscalationReason>(), hasFound: _random.Next(2) == 0);
                break;
            case 3:
                await UnfinishedAsync();
                break;
            case 4:
                await RepairAsync();
                await VerifyAsync(Verdict.Unverifiable);
                await LeaveAsync(issues, EscalationReason.Unverifiable);
                break;
            default:
                await RepairedAsync(issues, reopened);
                break;
        }
    }

    private async Task RepairedAsync(List<IssueRef> issues, bool reopened)
    {
        await RepairAsync();
        if (_random.Next(4) == 0)
        {
            await VerifyAsync(Verdict.NotResolved);
            await RepairAsync();
        }

        await VerifyAsync(_random.Next(5) == 0 ? Verdict.Mitigated : Verdict.Resolved);
        await AppendAsync(new IncidentEvent.ReportPrepared(IncidentOutcome.Closed, null, ""));
        if (_random.Next(8) == 0)
        {
            await AppendAsync(new IncidentEvent.ProofExpired(time.GetUtcNow()));
            await VerifyAsync(Verdict.Resolved);
            await AppendAsync(new IncidentEvent.ReportPrepared(IncidentOutcome.Closed, null, ""));
        }

        foreach (var issue in issues)
        {
            await AppendAsync(new IncidentEvent.ReportPosted(issue, 1));
            var isLeft = reopened || (issue != issues[0] && _random.Next(2) == 0);
            await AppendAsync(isLeft ? new IncidentEvent.Escalated(issue, reopened ? EscalationReason.HumanReopened : EscalationReason.NotExplained) : new IncidentEvent.IssueClosed(issue, time.GetUtcNow()));
        }

        if (!reopened)
        {
            await WatchAsync(issues);
        }
        else
        {
            await AppendAsync(new IncidentEvent.IncidentEnded(IncidentOutcome.Closed));
        }
    }

    private async Task WatchAsync(List<IssueRef> issues)
    {
        await AppendAsync(new IncidentEvent.WatchStarted(time.GetUtcNow() + TimeSpan.FromMinutes(15)));
        switch (_random.Next(6))
        {
            case 0:
                await AppendAsync(new IncidentEvent.Relapsed(Fault()));
                await AppendAsync(new IncidentEvent.IssueReopened(issues[0]));
                await LeaveAsync(issues, EscalationReason.Relapsed);
                break;
            case 1:
                await AppendAsync(new IncidentEvent.WatchEnded(true));
                await AppendAsync(new IncidentEvent.IncidentEnded(IncidentOutcome.Closed));
                await AppendAsync(new IncidentEvent.ClosureDisputed(issues[0], _random.Next(2) == 0 ? 7 : null));
                break;
            case 2:
                break;
            default:
                await AppendAsync(new IncidentEvent.WatchEnded(_random.Next(2) == 0));
                await AppendAsync(new IncidentEvent.IncidentEnded(IncidentOutcome.Closed));
                break;
        }
    }

    private async Task AnswerAsync(List<IssueRef> issues)
    {
        await DiagnoseAsync(hasFound: false);
        await AppendAsync(new IncidentEvent.Decided(new Decision.Reply()));
        await AppendAsync(new IncidentEvent.Verified(Verdict.Resolved, "", Seen, [], null));
        await AppendAsync(new IncidentEvent.ReportPrepared(IncidentOutcome.Answered, null, ""));
        foreach (var issue in issues)
        {
            await AppendAsync(new IncidentEvent.ReportPosted(issue, 1));
            await AppendAsync(new IncidentEvent.IssueClosed(issue, time.GetUtcNow()));
        }

        await AppendAsync(new IncidentEvent.IncidentEnded(IncidentOutcome.Answered));
    }

    private async Task HeldAsync(List<IssueRef> issues)
    {
        await DiagnoseAsync(hasFound: true);
        await AppendAsync(new IncidentEvent.Decided(new Decision.Hold(HoldReason.HoldLabel)));
        await AppendAsync(new IncidentEvent.ReportPrepared(IncidentOutcome.Held, null, ""));
        foreach (var issue in issues)
        {
            await AppendAsync(new IncidentEvent.ReportPosted(issue, 1));
        }

        await AppendAsync(new IncidentEvent.IncidentEnded(IncidentOutcome.Held));
    }

    private async Task EscalateAsync(List<IssueRef> issues, EscalationReason reason, bool hasFound)
    {
        await DiagnoseAsync(hasFound);
        await AppendAsync(new IncidentEvent.Decided(new Decision.Escalate(reason, "")));
        await LeaveAsync(issues, reason);
    }

    private async Task LeaveAsync(List<IssueRef> issues, EscalationReason reason)
    {
        await AppendAsync(new IncidentEvent.ReportPrepared(IncidentOutcome.Escalated, reason, ""));
        foreach (var issue in issues)
        {
            await AppendAsync(new IncidentEvent.ReportPosted(issue, 1));
            await AppendAsync(new IncidentEvent.Escalated(issue, reason));
        }

        await AppendAsync(new IncidentEvent.IncidentEnded(IncidentOutcome.Escalated));
    }

    private async Task UnfinishedAsync()
    {
        await DiagnoseAsync(hasFound: true);
        if (_random.Next(2) == 0)
        {
            await DecideAsync(1);
        }
    }

    private async Task RepairAsync()
    {
        await DiagnoseAsync(hasFound: true);
        var actions = await DecideAsync(_random.Next(1, 4));
        foreach (var action in actions)
        {
            await AppendAsync(new IncidentEvent.ActionStarted(action));
            if (_random.Next(10) == 0)
            {
                // The process died; the next one looks again and does the rest anew.
                await AppendAsync(new IncidentEvent.FlowResumed(IncidentStage.Remedy));
                await RepairAsync();
                return;
            }

            var took = TimeSpan.FromMilliseconds(_random.Next(50, 9000));
            time.Advance(took);
            await AppendAsync(new IncidentEvent.ActionFinished(action, _random.Next(9) > 0, "", took));
        }
    }

    private async Task<List<PlannedAction>> DecideAsync(int count)
    {
        var actions = Enumerable.Range(1, count).Select(n => new PlannedAction("open", "command", "door", $"door-{n}", "low", TimeSpan.FromSeconds(5))).ToList();
        await AppendAsync(new IncidentEvent.Decided(new Decision.Fix(new Plan("door_shut/door", "open", actions, []))));
        return actions;
    }

    private Task DiagnoseAsync(bool hasFound) => AppendAsync(new IncidentEvent.Diagnosed(Seen, hasFound ? [Fault()] : [], []));

    private async Task VerifyAsync(Verdict verdict)
    {
        await AppendAsync(new IncidentEvent.Stabilized(verdict != Verdict.NotResolved, "", time.GetUtcNow(), TimeSpan.FromSeconds(5), 3, 0, Seen));
        await AppendAsync(new IncidentEvent.Verified(verdict, "", Seen, [], null));
    }

    private Finding Fault() => new(_random.Next(3) == 0 ? "window_shut" : "door_shut", "door", "The door is shut", []);

    private IssueRef NewIssue() => new(Desk.Repository, ++_issue);

    private T Any<T>() where T : struct, Enum => Enum.GetValues<T>()[_random.Next(Enum.GetValues<T>().Length)];

    private async Task AppendAsync(IncidentEvent happened)
    {
        time.Advance(TimeSpan.FromMilliseconds(_random.Next(10, 20_000)));
        (await store.AppendAsync(_id, ++_sequence, happened, null, TestContext.Current.CancellationToken)).ShouldBe(AppendOutcome.Appended);
    }
}
