namespace FieldMedic.Journal;

/// <summary>What became of an append.</summary>
public enum AppendOutcome
{
    /// <summary>Durable.</summary>
    Appended,

    /// <summary>Somebody else took this sequence number; read again.</summary>
    SequenceTaken,

    /// <summary>The lease is no longer ours; stop acting.</summary>
    Fenced,
}
