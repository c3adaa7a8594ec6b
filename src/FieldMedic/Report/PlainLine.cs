using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace FieldMedic.Report;

/// <summary>One line of visible characters: no terminal sequences, no line breaks, nothing that is invisible or turns the reading direction.</summary>
internal static partial class PlainLine
{
    public static string Of(string text)
    {
        var kept = new StringBuilder(text.Length);
        foreach (var rune in AnsiSequences().Replace(text, "").EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune))
            {
                kept.Append(' ');
            }
            else if (Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control
                or UnicodeCategory.Format
                or UnicodeCategory.OtherNotAssigned
                or UnicodeCategory.PrivateUse))
            {
                kept.Append(rune.ToString());
            }
        }

        return kept.ToString().Trim();
    }

    [GeneratedRegex(@"\x1b(\[[0-9;?]*[ -/]*[@-~]|\][^\x07\x1b]*(\x07|\x1b\\)?|[^\[\]])", RegexOptions.ExplicitCapture)]
    private static partial Regex AnsiSequences();
}
