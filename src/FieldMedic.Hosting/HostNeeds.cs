namespace FieldMedic.Hosting;

/// <summary>What a command uses.</summary>
[Flags]
public enum HostNeeds
{
    /// <summary>Only the pack and the system.</summary>
    None = 0,

    /// <summary>The journal, made when missing.</summary>
    Store = 1,

    /// <summary>The journal when there is one; nothing is made (dry runs).</summary>
    StoreIfThere = 2,

    /// <summary>The issue tracker.</summary>
    Tracker = 4,

    /// <summary>What is said leaves the operator's hands: the system's secrets are learned, so that they can be hidden.</summary>
    Secrets = 8,

    /// <summary>The inbox of deliveries that belongs to the journal (with Store), and asking GitHub for news.</summary>
    Inbox = 16,
}
