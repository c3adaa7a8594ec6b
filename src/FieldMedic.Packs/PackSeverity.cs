namespace FieldMedic.Packs.Yaml;

/// <summary>Whether a pack with this problem can be used.</summary>
public enum PackSeverity
{
    Warning,
    Error,
}
