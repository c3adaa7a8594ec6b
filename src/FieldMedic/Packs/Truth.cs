namespace FieldMedic.Packs;

/// <summary>Three-valued truth. The default is unknown on purpose.</summary>
public enum Truth
{
    Unknown = 0,
    False,
    True,
}
