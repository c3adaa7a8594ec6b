namespace FieldMedic.Platform.Disk;

/// <summary>The closed list of what a clean-up may remove.</summary>
internal enum RubbishKind
{
    /// <summary>A container of a job that is over.</summary>
    Container,

    /// <summary>An image without a name that no container uses and no other image is made of.</summary>
    Image,

    /// <summary>What the builder keeps to be faster next time.</summary>
    BuildCache,

    /// <summary>A log file that was rotated away.</summary>
    Log,
}
