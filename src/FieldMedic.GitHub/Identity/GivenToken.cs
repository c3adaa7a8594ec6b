using FieldMedic.GitHub.Http;

namespace FieldMedic.GitHub.Identity;

/// <summary>A personal or fine-grained token, or the one of GitHub Actions: read for every call, so a rotated one works at once.</summary>
internal sealed class GivenToken(GitHubSettings settings) : IIdentity
{
    public ValueTask<string> TokenAsync(GitHubCall call, CancellationToken cancellationToken)
    {
        var token = settings.Token()?.Trim();
        if (string.IsNullOrEmpty(token))
        {
            throw GitHubFailures.NoToken(call);
        }

        // The framework's own complaint about such a header would quote the token.
        return token.All(c => c is > ' ' and < (char)127) ? ValueTask.FromResult(token) : throw GitHubFailures.MalformedToken(call);
    }

    public bool Forget(GitHubCall call, string token) => settings.Token()?.Trim() is { Length: > 0 } now && now != token;
}
