namespace FieldMedic.Intake;

/// <summary>What a report may set off.</summary>
internal enum Standing
{
    Nothing,
    Diagnosis,
    Repair,
}
