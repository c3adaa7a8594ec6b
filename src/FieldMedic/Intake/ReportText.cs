using System.Text;
using FieldMedic.Packs;

namespace FieldMedic.Intake;

/// <summary>
/// Takes a hostile text apart into lines of folded words. One pass over at most <see cref="Limit"/> characters; escape
/// sequences, control and invisible characters, HTML comments, tags and addresses are dropped, so they can neither hide a word
/// nor add one.
/// </summary>
internal static class ReportText
{
    public const int Limit = 64 * 1024;

    public const double TitleWeight = 3;
    public const double ProseWeight = 2;
    public const double PastedWeight = 1;

    // No sentence is longer; it keeps a text without stops from matching everything at once.
    private const int WordsPerLine = 60;

    /// <summary>Cuts before anything else looks at the text; never inside a surrogate pair.</summary>
    public static ReadOnlySpan<char> Cap(string? text)
    {
        if (text is null || text.Length <= Limit)
        {
            return text;
        }

        return text.AsSpan(0, char.IsHighSurrogate(text[Limit - 1]) ? Limit - 1 : Limit);
    }

    public static IEnumerable<TextLine> Title(string? title) => Sentences(Clean(Cap(title)), TitleWeight);

    public static IReadOnlyList<TextLine> Body(string? body)
    {
        var lines = new List<TextLine>();
        var fenced = false;
        foreach (var range in Clean(Cap(body)).Split('\n'))
        {
            var trimmed = range.TrimStart(' ');
            if (trimmed.StartsWith("```", StringComparison.Ordinal) || trimmed.StartsWith("~~~", StringComparison.Ordinal))
            {
                fenced = !fenced;
                continue;
            }

            var isPasted = fenced || range.Length - trimmed.Length >= 4 || range.StartsWith('\t') || trimmed.StartsWith('>');
            lines.AddRange(Sentences(trimmed, isPasted ? PastedWeight : ProseWeight));
        }

        return lines;
    }

    private static List<TextLine> Sentences(string text, double weight)
    {
        var lines = new List<TextLine>();
        var start = 0;
        for (var i = 0; i <= text.Length; i++)
        {
            if (i < text.Length && !EndsSentence(text, i))
            {
                continue;
            }

            var end = i < text.Length && TextFolding.IsQuestionMark(text[i]) ? i + 1 : i;
            var words = TextFolding.Words(text.AsSpan(start, end - start));
            for (var from = 0; from < words.Count; from += WordsPerLine)
            {
                lines.Add(new TextLine(words.GetRange(from, Math.Min(WordsPerLine, words.Count - from)), weight));
            }

            start = i + 1;
        }

        return lines;
    }

    private static bool EndsSentence(string text, int at) => text[at] switch
    {
        '\n' or '。' or '！' or '？' => true,
        '.' or '!' or '?' or ';' => at + 1 == text.Length || char.IsWhiteSpace(text[at + 1]),
        _ => false,
    };

    private static string Clean(ReadOnlySpan<char> text)
    {
        var clean = new StringBuilder(text.Length);
        while (!text.IsEmpty)
        {
            var skip = Dropped(text);
            if (skip > 0)
            {
                text = text[skip..];
                continue;
            }

            var c = text[0];
            clean.Append(c is '\r' or '\u2028' or '\u2029' ? '\n' : char.IsControl(c) && c is not ('\n' or '\t') ? ' ' : c);
            text = text[1..];
        }

        return clean.ToString();
    }

    /// <summary>How many characters at the start are no text; 0 for none.</summary>
    private static int Dropped(ReadOnlySpan<char> text) => text[0] switch
    {
        '\u001B' or '\u009B' => EscapeSequence(text),
        '<' when text.StartsWith("<!--", StringComparison.Ordinal) => Through(text, "-->", text.Length),
        '<' when text.Length > 1 && (char.IsAsciiLetter(text[1]) || text[1] == '/') => Tag(text),
        'h' or 'H' when text.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || text.StartsWith("https://", StringComparison.OrdinalIgnoreCase) => Address(text),
        _ => TextFolding.IsInvisible(text[0]) ? 1 : 0,
    };

    private static int Through(ReadOnlySpan<char> text, string end, int otherwise)
    {
        var at = text.IndexOf(end, StringComparison.Ordinal);
        return at < 0 ? otherwise : at + end.Length;
    }

    // A tag is short; '<' before a far-away '>' is a comparison or an arrow, and looking further would be quadratic.
    private static int Tag(ReadOnlySpan<char> text)
    {
        var at = text[..Math.Min(text.Length, 300)].IndexOfAny('>', '\n');
        return at >= 0 && text[at] == '>' ? at + 1 : 0;
    }

    private static int Address(ReadOnlySpan<char> text)
    {
        var end = 0;
        while (end < text.Length && !char.IsWhiteSpace(text[end]) && text[end] is not (')' or '"' or '>' or '\''))
        {
            end++;
        }

        return end;
    }

    /// <summary>CSI, OSC and two-character escapes; at most a line's worth, so an unclosed one can not swallow the report.</summary>
    private static int EscapeSequence(ReadOnlySpan<char> text)
    {
        var isCsi = text[0] == '\u009B' || (text.Length > 1 && text[1] == '[');
        var at = text[0] == '\u009B' ? 1 : 2;
        if (isCsi)
        {
            while (at < text.Length && at < 40 && text[at] is >= ' ' and < '@')
            {
                at++;
            }

            return Math.Min(at + 1, text.Length);
        }

        if (text.Length > 1 && text[1] is ']' or 'P' or '_' or '^')
        {
            while (at < text.Length && at < 200 && text[at] is not ('\u0007' or '\u001B' or '\n'))
            {
                at++;
            }

            return at < text.Length && text[at] == '\u0007' ? at + 1 : at;
        }

        return Math.Min(2, text.Length);
    }
}
