namespace FieldMedic.Packs;

/// <summary>Settings of a remedy kind.</summary>
public interface IRemedySettings
{
    /// <summary>The one service it acts on; null to act on the finding's service.</summary>
    string? Service { get; }

    /// <summary>The probe whose settings it shares; null when it shares none.</summary>
    string? Probe => null;
}
