namespace FieldMedic.GitHub.Http;

/// <summary>One request.</summary>
/// <param name="Path">Relative to the API's base, escaped, without query.</param>
/// <param name="What">For people, e.g. <c>read the issue</c>.</param>
/// <param name="Where">For people, e.g. <c>acme/maps#7</c>.</param>
internal sealed record GitHubCall(HttpMethod Method, string Path, string What, string Where)
{
    public string? Query { get; init; }

    /// <summary>JSON, or null for none.</summary>
    public string? Body { get; init; }

    /// <summary>
    /// Doing it twice is the same as doing it once. Not so for a comment; posting labels is, though the method says otherwise.
    /// </summary>
    public bool IsRepeatable { get; init; } = true;

    /// <summary>What we have already; when it is still so, the answer is a 304 that costs nothing. The caller accepts that status.</summary>
    public string? KnownTag { get; init; }

    /// <summary>Failure statuses the caller takes as an answer.</summary>
    public IReadOnlyCollection<int> Accepted { get; init; } = [];

    /// <summary>It asks about the App itself and carries its signature; all others carry a token.</summary>
    public bool IsAboutApp { get; init; }

    /// <summary>Somebody waits for it right now: it does not stand behind other writes.</summary>
    public bool IsUrgent { get; init; }

    public bool IsWrite => Method != HttpMethod.Get;

    public string Address => Query is null ? Path : $"{Path}?{Query}";
}
