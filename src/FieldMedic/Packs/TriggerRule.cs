namespace FieldMedic.Packs;

/// <summary>Whose report starts a repair.</summary>
public enum TriggerRule
{
    /// <summary>Anybody's who can open an issue.</summary>
    Anyone,

    /// <summary>Only that of somebody who has at least triage in the repository.</summary>
    Triage,

    /// <summary>Only one on which somebody with at least triage has put the label.</summary>
    Label,
}
