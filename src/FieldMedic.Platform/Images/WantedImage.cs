namespace FieldMedic.Platform.Images;

/// <summary>An image that jobs need.</summary>
/// <param name="Name">As it is configured.</param>
/// <param name="Id">What the name stands for now; null when it is missing.</param>
/// <param name="Service">The one-shot service of the pack that builds it, by compose's rule for names; null when none does.</param>
/// <param name="IsHeld">Whether a container, running or not, keeps it from being pruned.</param>
/// <param name="IsSkewed">Whether its one-shot was made of another image than the name stands for now.</param>
internal sealed record WantedImage(string Name, string? Id, string? Service, bool IsHeld, bool IsSkewed)
{
    public bool IsMissing => Id is null;

    /// <summary>Present, built by this project, and the next prune takes it.</summary>
    public bool IsUnheld => Id is not null && Service is not null && !IsHeld;
}
