namespace FieldMedic.GitHub.Issues;

/// <summary>Keeps a comment within what GitHub takes.</summary>
internal static class CommentText
{
    public const int Longest = 65_536;

    private const string Note = "\n\n---\n*This comment was too long for GitHub and ends here. The whole report is kept in the incident's journal.*\n";

    public static string Cut(string body)
    {
        if (body.Length <= Longest)
        {
            return body;
        }

        var end = Longest - Note.Length;
        if (char.IsHighSurrogate(body[end - 1]))
        {
            end--;
        }

        return string.Concat(body.AsSpan(0, end), Note);
    }

    /// <summary>The hidden first line that tells comments of one account apart; null when there is none.</summary>
    public static string? Marker(string body)
    {
        var line = body.AsSpan();
        var end = line.IndexOfAny('\r', '\n');
        line = (end < 0 ? line : line[..end]).Trim();
        return line.StartsWith("<!--", StringComparison.Ordinal) && line.EndsWith("-->", StringComparison.Ordinal) ? line.ToString() : null;
    }
}
