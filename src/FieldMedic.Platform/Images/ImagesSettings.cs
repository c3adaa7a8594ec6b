using FieldMedic.Packs;

namespace FieldMedic.Platform.Images;

/// <summary><c>docker.images</c>: images that containers will be made of later, so that nobody notices when one is gone.</summary>
public sealed record ImagesSettings : IProbeSettings
{
    /// <summary>Services whose environment names the images.</summary>
    public required IReadOnlyList<string> EnvFrom { get; init; }

    /// <summary>Names of the variables; those that are set count.</summary>
    public required IReadOnlyList<string> Env { get; init; }

    /// <summary>More images, separated by commas.</summary>
    public string? More { get; init; }

    public IEnumerable<string> Services => EnvFrom;

    public IEnumerable<string> Observes(string probe, IReadOnlyDictionary<string, ServiceSpec> services)
        => new[] { "wanted", "present", "missing", "missing_names", "unheld", "unheld_names", "skewed", "skewed_names" }.Select(f => $"{probe}.{f}");
}
