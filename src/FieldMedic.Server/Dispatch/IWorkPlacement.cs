using FieldMedic.Inbox;

namespace FieldMedic.Server.Dispatch;

/// <summary>Says which node works on a delivery. It decides where, never whether it is safe: that is the journal's business and its lease's.</summary>
public interface IWorkPlacement
{
    /// <summary>True when a node, this one or another, has it in hand or will be asked again; false when it has to be worked on here.</summary>
    Task<bool> HandOverAsync(InboxEntry entry, CancellationToken cancellationToken);
}
