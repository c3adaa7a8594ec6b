using CsCheck;
using FieldMedic.Incidents;
using FieldMedic.Journal;

namespace FieldMedic.Tests;

/// <summary>The fold is total, deterministic, and sees the same through the on-disk format.</summary>
public sealed class FoldTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 15, 12, 0, 0, TimeSpan.Zero);
    private static readonly IncidentId Id = new("INC-20260115-120000-abcdef");
    private static readonly Gen<string> Text = Gen.OneOf(Gen.String, Gen.OneOf("", "worker-1", "a\u202eb", "💧", "\0", "\ud800", "<!-- x -->", "\"\\"));
    private static readonly Gen<IssueRef> Issue = Gen.Int[1, 3].Select(n => new IssueRef("example/field", n));
    private static readonly Gen<ObservedValue> Value = Gen.OneOf(
        Gen.Double.Select(ObservedValue.Of),
        Gen.Bool.Select(ObservedValue.Of),
        Text.Select(t => ObservedValue.Of(t)),
        Text.Select(ObservedValue.Unknown));

    private static readonly Gen<Snapshot> Seen = Gen.Select(Gen.OneOf("worker.running", "worker.restarts"), Value, Text)
        .Select(x => new Observation(x.Item1, x.Item2, Start, x.Item3)).List[0, 3]
        .Select(o => new Snapshot(Start, o, [new ProbeRun("all", TimeSpan.FromSeconds(1), null, true)]));

    private static readonly Gen<PlannedAction> Action = Gen.OneOf("worker-1", "worker-2").Select(t => new PlannedAction("start", "fake.start", "worker", t, "low", TimeSpan.FromSeconds(60)));
    private static readonly Gen<Plan> SomePlan = Action.List[0, 2].Select(a => new Plan("worker_down/worker", "start", a, []));
    private static readonly Gen<Finding> Found = Text.Select(t => new Finding("worker_down", "worker", t, [t]));
    private static readonly Gen<Verdict> SomeVerdict = Gen.Enum<Verdict>();

    private static readonly Gen<Decision> SomeDecision = Gen.OneOf<Decision>(
        SomePlan.Select(p => (Decision)new Decision.Fix(p)),
        SomePlan.Select(p => (Decision)new Decision.AwaitApproval(p)),
        Text.Select(t => (Decision)new Decision.Escalate(EscalationReason.NotFixable, t)),
        Gen.OneOf<Decision>(new Decision.Reply(), new Decision.Confirm(), new Decision.Hold(HoldReason.HoldLabel)));

    private static readonly Gen<IncidentEvent> Event = Gen.OneOf<IncidentEvent>(
        Issue.Select(i => (IncidentEvent)new IncidentEvent.IncidentOpened("small", i, Complaint.None)),
        Issue.Select(i => (IncidentEvent)new IncidentEvent.IssueAttached(i, new Complaint(["outage"], ["down"]))),
        Gen.Enum<IncidentStage>().Select(s => (IncidentEvent)new IncidentEvent.FlowResumed(s)),
        Gen.Select(Seen, Found.List[0, 2]).Select(x => (IncidentEvent)new IncidentEvent.Diagnosed(x.Item1, x.Item2, ["queue_stuck"])),
        SomeDecision.Select(d => (IncidentEvent)new IncidentEvent.Decided(d)),
        Text.Select(t => (IncidentEvent)new IncidentEvent.ApprovalGiven(t)),
        Action.Select(a => (IncidentEvent)new IncidentEvent.ActionStarted(a)),
        Gen.Select(Action, Gen.Bool, Text).Select(x => (IncidentEvent)new IncidentEvent.ActionFinished(x.Item1, x.Item2, x.Item3, TimeSpan.FromSeconds(2))),
        Gen.Select(Action, Text).Select(x => (IncidentEvent)new IncidentEvent.ActionCutOff(x.Item1, x.Item2, TimeSpan.FromSeconds(2))),
        Action.Select(a => (IncidentEvent)new IncidentEvent.ActionRefused(a, EscalationReason.Paused, "paused")),
        Gen.Select(Gen.Bool, Seen).Select(x => (IncidentEvent)new IncidentEvent.Stabilized(x.Item1, "", Start, TimeSpan.FromSeconds(30), 30, 0, x.Item2)),
        Gen.Select(SomeVerdict, Seen, Value).Select(x => (IncidentEvent)new IncidentEvent.Verified(x.Item1, "", x.Item2, [new BeforeAfter("worker.running", x.Item3, x.Item3)], ProofOf(x.Item1, x.Item3))),
        Gen.Enum<IncidentOutcome>().Select(o => (IncidentEvent)new IncidentEvent.ReportPrepared(o, null, "")),
        Issue.Select(i => (IncidentEvent)new IncidentEvent.ReportPosted(i, 1000)),
        Issue.Select(i => (IncidentEvent)new IncidentEvent.IssueClosed(i, Start)),
        Issue.Select(i => (IncidentEvent)new IncidentEvent.IssueLeft(i, "a human closed it")),
        Issue.Select(i => (IncidentEvent)new IncidentEvent.IssueReopened(i)),
        Issue.Select(i => (IncidentEvent)new IncidentEvent.Escalated(i, EscalationReason.NotOurs)),
        Text.Select(t => (IncidentEvent)new IncidentEvent.ReportDeferred(t)),
        Found.Select(f => (IncidentEvent)new IncidentEvent.Relapsed(f)),
        Gen.OneOf<IncidentEvent>(new IncidentEvent.ProofExpired(Start), new IncidentEvent.WatchStarted(Start), new IncidentEvent.WatchEnded(true), new IncidentEvent.IncidentEnded(IncidentOutcome.Closed)));

    [Fact]
    public void Fold_AnySequence_IsTotalAndDeterministic()
        => Event.List[1, 40].Sample(events =>
        {
            var once = Incident.Fold(Entries(events))!;
            var again = Incident.Fold(Entries(events))!;
            var rewritten = Incident.Fold(Entries(events.Select(e => JournalJson.Read(JournalJson.Write(e)))))!;
            return Essence(once) == Essence(again) && Essence(once) == Essence(rewritten) && once.Sequence == events.Count;
        });

    [Fact]
    public void Json_AnyEvent_ReadsBackAsWritten()
        => Event.Sample(happened =>
        {
            // Half a surrogate pair is no text and is replaced at the first writing; from then on nothing changes any more.
            var kept = JournalJson.Read(JournalJson.Write(happened));
            return JournalJson.Write(JournalJson.Read(JournalJson.Write(kept))) == JournalJson.Write(kept);
        });

    [Fact]
    public void Fold_AnySequence_ClosesNothingByItself()
        => Event.Where(e => e is not IncidentEvent.IssueClosed).List[1, 40].Sample(events => Incident.Fold(Entries(events))!.Issues.All(i => !i.Closed));

    [Fact]
    public void Apply_ApprovalWhileActing_ChangesNothing()
    {
        var action = new PlannedAction("start", "fake.start", "worker", "worker-1", "low", TimeSpan.FromSeconds(60));
        IncidentEvent[] events =
        [
            new IncidentEvent.IncidentOpened("small", null, Complaint.None),
            new IncidentEvent.Decided(new Decision.Fix(new Plan("worker_down/worker", "start", [action], []))),
            new IncidentEvent.ActionStarted(action),
            new IncidentEvent.ApprovalGiven("late"),
        ];

        var incident = Incident.Fold(Entries(events))!;

        incident.Stage.ShouldBe(IncidentStage.Remedy);
        incident.OpenAction.ShouldBe(action);
        incident.ApprovedPlan.ShouldBeNull();
    }

    private static Proof? ProofOf(Verdict verdict, ObservedValue value)
        => verdict is Verdict.Resolved or Verdict.Mitigated ? Proof.Make(verdict, ["worker_down/worker"], [new BeforeAfter("worker.running", value, value)], Start, Start, 2) : null;

    private static IEnumerable<JournalEntry> Entries(IEnumerable<IncidentEvent> events)
        => events.Select((e, i) => new JournalEntry(Id, i + 1, Start.AddSeconds(i), e));

    private static (IncidentStage, IncidentOutcome?, int, int, int, string, string, bool) Essence(Incident i)
        => (i.Stage, i.Outcome, i.Attempts, i.Actions.Length, i.Found.Length, string.Join(',', i.Tried.Order()), string.Join(';', i.Issues.Select(s => $"{s.Issue} {s.Posted} {s.Closed} {s.Escalated} {s.Settled} {s.CommentId}")), i.Proof is null);
}
