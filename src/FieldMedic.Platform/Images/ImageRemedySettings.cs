using FieldMedic.Packs;

namespace FieldMedic.Platform.Images;

/// <summary><c>docker.load_image</c>, <c>docker.pull_image</c>, <c>compose.build_image</c>, <c>compose.hold_image</c>.</summary>
public sealed record ImageRemedySettings : IRemedySettings
{
    /// <summary>The <c>docker.images</c> probe that says which images are wanted.</summary>
    public required string Images { get; init; }

    /// <summary>With <c>docker.load_image</c>: the folder with images saved as <c>*.tar</c>, on this machine.</summary>
    public string? Folder { get; init; }

    public string? Service => null;

    public string? Probe => Images;
}
