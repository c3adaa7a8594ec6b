using FieldMedic.Incidents;
using FieldMedic.Systems;

namespace FieldMedic.Testing;

/// <summary>An action that does what the test says, and counts how often it was let loose.</summary>
public sealed class DelegatingAction(string remedy, Func<ActionTargets> resolve, Func<PlannedAction, CancellationToken, Task<ActionResult>> execute) : IRemedyAction
{
    private int _executions;

    public int Executions => _executions;

    public string Remedy => remedy;

    public Task<ActionTargets> ResolveAsync(Snapshot snapshot, string? service, CancellationToken cancellationToken) => Task.FromResult(resolve());

    public Task<ActionResult> ExecuteAsync(PlannedAction action, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _executions);
        return execute(action, cancellationToken);
    }
}
