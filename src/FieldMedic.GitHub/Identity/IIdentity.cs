using FieldMedic.GitHub.Http;

namespace FieldMedic.GitHub.Identity;

/// <summary>What we show GitHub with a call.</summary>
internal interface IIdentity
{
    /// <summary>The token for this call; a <see cref="Tracker.TrackerException"/> that holds no part of it when there is none.</summary>
    ValueTask<string> TokenAsync(GitHubCall call, CancellationToken cancellationToken);

    /// <summary>GitHub does not know this token (any more): it is forgotten. True when asking again may give another one.</summary>
    bool Forget(GitHubCall call, string token);
}
