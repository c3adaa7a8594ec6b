namespace FieldMedic.Incidents;

/// <summary>The four kinds of <see cref="ObservedValue"/>. Unknown is the default on purpose.</summary>
public enum ObservedKind
{
    Unknown = 0,
    Number,
    Text,
    Flag,
}
