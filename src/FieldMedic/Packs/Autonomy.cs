namespace FieldMedic.Packs;

/// <summary>How far FieldMedic may go by itself.</summary>
public enum Autonomy
{
    Observe,
    Approve,
    Auto,
}
