namespace FieldMedic.Tracker;

/// <summary>Why the tracker did not do what was asked.</summary>
public enum TrackerFailure
{
    /// <summary>The token is missing or wrong (401).</summary>
    Unauthorized,

    /// <summary>The token lacks a scope or permission (403).</summary>
    Forbidden,

    /// <summary>No such repository or issue, or the token may not see it (404, 410).</summary>
    NotFound,

    /// <summary>The tracker did not accept the request (400, 415, 422).</summary>
    Invalid,

    /// <summary>Primary or secondary rate limit, longer than is worth waiting.</summary>
    RateLimited,

    /// <summary>Unreachable, timed out, or 5xx after the retries.</summary>
    Unavailable,
}
