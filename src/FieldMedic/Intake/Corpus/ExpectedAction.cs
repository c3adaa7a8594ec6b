namespace FieldMedic.Intake.Corpus;

/// <summary>What whoever labelled a case would do with it.</summary>
public enum ExpectedAction
{
    /// <summary>Repair, once measured.</summary>
    Fix,

    /// <summary>Measure, then see.</summary>
    NeedsDiagnostics,

    /// <summary>A person has to look.</summary>
    Escalate,

    /// <summary>Nothing is broken; answer.</summary>
    NoFaultReply,
}
