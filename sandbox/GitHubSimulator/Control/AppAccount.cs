using GitHubSimulator.State;

namespace GitHubSimulator.Control;

/// <summary>Body of <c>POST /_simulator/apps</c>.</summary>
internal sealed record AppAccount
{
    public required long Id { get; init; }
    public required string Slug { get; init; }
    public required string PublicKey { get; init; }
    public string[]? Repositories { get; init; }

    public void AddTo(Apps apps) => apps.Add(Id, Slug, PublicKey, [.. (Repositories ?? []).Select(name => RepositoryName.Parse(name).ToString())]);
}
