using System.Text.RegularExpressions;
using Markdig;
using Markdig.Extensions.EmphasisExtras;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace FieldMedic.Chat;

/// <summary>
/// Finds <c>/medic WORD</c> in a comment. It counts on a line of its own in plain speech; quotes, lists, headings, code, struck-out text,
/// HTML and hidden comments are talk about it. The word is all that is ever taken from the text.
/// </summary>
internal static partial class CommandReader
{
    // Nobody gives an order in a longer one, and text nested without end would keep the parser busy.
    private const int Longest = 10_000;

    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder()
        .UsePipeTables()
        .UseMathematics()
        .UseFootnotes()
        .UseEmphasisExtras(EmphasisExtraOptions.Strikethrough)
        .Build();

    /// <summary>The words that follow <c>/medic</c>, in order and in lower case; empty for a bare one.</summary>
    public static IReadOnlyList<string> Read(string body)
    {
        ArgumentNullException.ThrowIfNull(body);
        if (body.Length > Longest || !body.Contains("/medic", StringComparison.OrdinalIgnoreCase))
        {
            return [];
        }

        try
        {
            return [.. Lines(Markdown.Parse(body, Pipeline)).Select(line => Command().Match(line)).Where(m => m.Success).Select(m => Said(m))];
        }
        catch (ArgumentException)
        {
            // Nested deeper than the parser goes: nobody gives an order like that.
            return [];
        }
    }

    private static string Said(Match match) => match.Groups[1].Value.Trim().ToLowerInvariant();

    /// <summary>The lines that are nothing but text. What follows raw HTML may be inside of it, so reading ends there.</summary>
    private static IEnumerable<string> Lines(MarkdownDocument document)
    {
        foreach (var block in document)
        {
            if (block is HtmlBlock { Type: not HtmlBlockType.Comment })
            {
                yield break;
            }

            if (block is not ParagraphBlock { Inline: { } inline } paragraph || paragraph.GetType() != typeof(ParagraphBlock))
            {
                continue;
            }

            if (inline.Descendants<HtmlInline>().Any(h => !h.Tag.StartsWith("<!--", StringComparison.Ordinal)))
            {
                yield break;
            }

            foreach (var line in LinesOf(inline))
            {
                yield return line;
            }
        }
    }

    private static IEnumerable<string> LinesOf(ContainerInline paragraph)
    {
        var line = new List<Inline>();
        foreach (var inline in paragraph.Append<Inline?>(null))
        {
            if (inline is not (null or LineBreakInline))
            {
                line.Add(inline);
                continue;
            }

            if (line is [LiteralInline { IsFirstCharacterEscaped: false } text])
            {
                yield return text.Content.ToString();
            }

            line.Clear();
        }
    }

    // More than one word is shown to nobody and understood by nobody; it must not count as the command it begins with.
    [GeneratedRegex(@"\A/medic(?![^ \t])([ \t]+[^\r\n]*)?\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Command();
}
