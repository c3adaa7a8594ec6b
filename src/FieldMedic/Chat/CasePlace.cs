using FieldMedic.Incidents;
using FieldMedic.Journal;

namespace FieldMedic.Chat;

/// <summary>Where an answer goes: into the newest incident of the issue, or, when there is none, beside the system's lease, so that none begins meanwhile.</summary>
internal sealed record CasePlace(Incident? Incident, LeaseKeeper? Keeper) : IAsyncDisposable
{
    public ValueTask DisposeAsync() => Keeper?.DisposeAsync() ?? ValueTask.CompletedTask;
}
