using FieldMedic.Incidents;
using FieldMedic.Packs;
using FieldMedic.Testing;

namespace FieldMedic.Tests.Invariants;

/// <summary>One way a run can go, for driving it into a crash at every boundary.</summary>
public sealed record CrashScenario(string Name, string Title, Action<SmallSystem> Break, RunOptions Options, RunOutcome Outcome, string[] Effects)
{
    private static readonly RunOptions Plain = new();

    public static IReadOnlyList<CrashScenario> All { get; } =
    [
        new("one worker", "Sync stuck", s => s.Stop("worker"), Plain, RunOutcome.Closed, ["start worker-1"]),
        new("two targets", "Sync stuck", TwoWorkersDown, Plain, RunOutcome.Closed, ["start worker-1", "start worker-2"]),
        new("second fault", "login fails", s => { s.Stop("db"); s.Stop("worker"); }, Plain, RunOutcome.Closed, ["start db-1", "start worker-1"]),
        new("status request", "status please", _ => { }, Plain, RunOutcome.Answered, []),
        new("vague", "hmm", _ => { }, Plain, RunOutcome.Escalated, []),
        new("not fixable", "Sync stuck", s => s["queue.pending"] = ObservedValue.Of(500), Plain, RunOutcome.Escalated, []),
        new("unreachable", "Sync stuck", s => s.Unreachable = "connection refused", Plain, RunOutcome.Escalated, []),
        new(
            "approved",
            "Sync stuck",
            s => { s.Stop("worker"); s.Policy = s.Policy with { Autonomy = Autonomy.Approve }; },
            new RunOptions { ApprovedBy = "operator" },
            RunOutcome.Closed,
            ["start worker-1"]),
    ];

    public override string ToString() => Name;

    /// <summary>Like real workers: a target that runs is not missing any more, whichever was started first.</summary>
    private static void TwoWorkersDown(SmallSystem system)
    {
        system["worker.desired"] = ObservedValue.Of(2);
        system["worker.running"] = ObservedValue.Of(0);
        var running = new HashSet<string>(StringComparer.Ordinal);
        system.OnAction = (s, action) =>
        {
            running.Add(action.Target);
            s["worker.running"] = ObservedValue.Of(running.Count);
        };
        system.MoreActions["start"] = new DelegatingAction(
            "start",
            () => Systems.ActionTargets.Of([.. new[] { "worker-1", "worker-2" }.Where(t => !running.Contains(t))]),
            (action, _) =>
            {
                system.Effects.Enqueue($"start {action.Target}");
                system.OnAction(system, action);
                return Task.FromResult(new Systems.ActionResult(true, "started"));
            });
    }
}
