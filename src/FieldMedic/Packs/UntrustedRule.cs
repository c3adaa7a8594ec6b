namespace FieldMedic.Packs;

/// <summary>What a report gets that may not start a repair.</summary>
public enum UntrustedRule
{
    /// <summary>Nothing; the bot stays silent.</summary>
    Ignore,

    /// <summary>A diagnosis on the issue; whatever is planned waits for a maintainer.</summary>
    Diagnose,
}
