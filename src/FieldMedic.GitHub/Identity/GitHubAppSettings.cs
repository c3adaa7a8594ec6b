namespace FieldMedic.GitHub.Identity;

/// <summary>Acting as a GitHub App instead of with a token of a person.</summary>
public sealed record GitHubAppSettings
{
    /// <summary>The App's id or client id.</summary>
    public required string AppId { get; init; }

    /// <summary>Gives the private key as PEM; asked for every signature and never kept, so a changed key works at once.</summary>
    public required Func<string?> PrivateKey { get; init; }

    /// <summary>Which installation; null finds the one of the repository that is called.</summary>
    public long? InstallationId { get; init; }
}
