using System.Text.RegularExpressions;
using Markdig;

namespace GitHubSimulator.Pages;

/// <summary>Renders what people write. It is hostile until shown otherwise: no HTML passes, links go to the web only.</summary>
internal static partial class Prose
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder()
        .UsePipeTables()
        .UseTaskLists()
        .UseEmphasisExtras()
        .UseAutoLinks()
        .DisableHtml()
        .Build();

    public static string ToHtml(string? markdown)
    {
        if (string.IsNullOrWhiteSpace(markdown))
        {
            return "<p class=\"quiet\">No description provided.</p>";
        }

        // With HTML switched off a hidden comment would show as text, where GitHub shows nothing.
        var document = Markdig.Markdown.ToHtml(HiddenComment().Replace(markdown, string.Empty), Pipeline);
        // Pictures would fetch from elsewhere and the policy of the page blocks them anyway; schemes other than the web run code.
        return UnsafeTarget().Replace(document, "$1=\"#\"");
    }

    [GeneratedRegex(@"<!--.*?(-->|\z)", RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex HiddenComment();

    [GeneratedRegex("(href|src)=\"(?!https?://|#|/(?!/)|mailto:)[^\"]*\"", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex UnsafeTarget();
}
