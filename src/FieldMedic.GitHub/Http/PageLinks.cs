using System.Globalization;
using System.Text.RegularExpressions;

namespace FieldMedic.GitHub.Http;

/// <summary>Reads the <c>Link</c> header. Only its queries are used, so an answer cannot send the token elsewhere.</summary>
internal static partial class PageLinks
{
    /// <summary>The query of the page to read next; null after the last. A very long list is skipped to its newest pages.</summary>
    /// <param name="read">Pages read so far.</param>
    public static string? After(string? link, int read, int most)
    {
        if (link is null || Query(link, "next") is not { } next)
        {
            return null;
        }

        var isTooLong = read == 1 && LastPage(link) is { } last && last > most;
        return isTooLong
            ? string.Create(CultureInfo.InvariantCulture, $"per_page=100&page={LastPage(link) - most + 2}")
            : next;
    }

    private static int? LastPage(string link)
        => Query(link, "last") is { } query && PageNumber().Match(query) is { Success: true } match
            && int.TryParse(match.Groups[1].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var page) ? page : null;

    private static string? Query(string link, string relation)
        => Entry().Matches(link).FirstOrDefault(m => m.Groups[2].Value == relation)?.Groups[1].Value;

    [GeneratedRegex("<[^>?]*\\?([^>]*)>\\s*;\\s*rel=\"(\\w+)\"")]
    private static partial Regex Entry();

    [GeneratedRegex("(?:^|&)page=([0-9]+)")]
    private static partial Regex PageNumber();
}
