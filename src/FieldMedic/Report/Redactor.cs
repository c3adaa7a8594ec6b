using System.Text;
using FieldMedic.Packs;
using FieldMedic.Systems;

namespace FieldMedic.Report;

/// <summary>
/// Makes a value fit for a public issue: known secret values and secret formats, hosts, addresses and paths are replaced;
/// control characters, mentions, HTML and table syntax are disarmed; long values are capped.
/// </summary>
public sealed class Redactor(Pack pack, ISecretValues secrets)
{
    internal const string Hidden = "[redacted]";
    private const int Cap = 300;

    // Far above the cap: what is replaced shrinks, and a secret cut in half is one that no pattern knows any more.
    private const int Looked = 64 * 1024;
    private readonly PrivateText _private = new(pack);

    /// <summary>One line of a value that was measured or reported by a machine.</summary>
    public string Clean(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Disarm(Plain(text));
    }

    /// <summary>The same for a place that does its own encoding, such as a page of the dashboard.</summary>
    public string Plain(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Capped(_private.Hide(HideKnown(PlainLine.Of(WholeWords(text)))));
    }

    /// <summary>Replaces known secret values in a finished text: the last net under wording that came from the pack.</summary>
    public string HideKnown(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        foreach (var secret in Known().OrderByDescending(s => s.Length))
        {
            text = text.Replace(secret, Hidden, StringComparison.OrdinalIgnoreCase);
        }

        return text;
    }

    private IEnumerable<string> Known()
        => secrets.Current()
            .SelectMany(s => new[] { s, PlainLine.Of(s), Uri.EscapeDataString(s) })
            .Where(s => s.Length >= 4 && !pack.Public.Contains(s, StringComparer.OrdinalIgnoreCase))
            .Distinct(StringComparer.Ordinal);

    private static string WholeWords(string text)
    {
        if (text.Length <= Looked)
        {
            return text;
        }

        var end = text.LastIndexOf(' ', Looked);
        return end > 0 ? text[..end] : "";
    }

    private static string Capped(string text)
    {
        if (text.Length <= Cap)
        {
            return text;
        }

        return text[..(char.IsHighSurrogate(text[Cap - 1]) ? Cap - 1 : Cap)] + "…";
    }

    private static string Disarm(string text) => text
        .Replace("&", "&amp;", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal)
        .Replace("`", "'", StringComparison.Ordinal)
        .Replace("@", "@\u200b", StringComparison.Ordinal)
        .Replace("#", "#\u200b", StringComparison.Ordinal)
        .Replace("\\", "&#92;", StringComparison.Ordinal)
        .Replace("|", "\\|", StringComparison.Ordinal)
        .Replace("](", "] (", StringComparison.Ordinal)
        .Replace("![", "! [", StringComparison.Ordinal);
}
