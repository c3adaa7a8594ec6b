namespace FieldMedic.Packs;

/// <summary>Settings of a remedy kind.</summary>
public interface IRemedySettings
{
    /// <summary>The one service it acts on; null to act on the finding's service.</summary>
    string? Service { get; }

    /// <summary>Probes whose settings it shares, for validation.</summary>
    IEnumerable<string> Probes => [];
}
