using System.Collections.Immutable;

namespace GitHubSimulator.State;

/// <summary>A GitHub App and where it is installed.</summary>
/// <param name="Id">Its id, which it signs with.</param>
/// <param name="Slug">What its account is named after: <c>slug[bot]</c>.</param>
/// <param name="PublicKey">PEM of the key its signatures are checked with.</param>
public sealed record GitHubApp(long Id, string Slug, string PublicKey)
{
    public ImmutableDictionary<string, string> Permissions { get; init; } =
        ImmutableDictionary<string, string>.Empty.Add("issues", "write").Add("metadata", "read");

    /// <summary>By installation id, the repositories (<c>owner/name</c>) it may see.</summary>
    public ImmutableSortedDictionary<long, ImmutableArray<string>> Installations { get; init; } =
        ImmutableSortedDictionary<long, ImmutableArray<string>>.Empty;

    public string Login => $"{Slug}[bot]";

    public long? InstallationOf(string repository) => Installations
        .Where(entry => entry.Value.Contains(repository, StringComparer.OrdinalIgnoreCase))
        .Select(entry => (long?)entry.Key)
        .FirstOrDefault();
}
