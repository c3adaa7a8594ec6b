using System.Text;
using System.Text.RegularExpressions;
using FieldMedic.Packs;
using FieldMedic.Systems;

namespace FieldMedic.Report;

/// <summary>
/// Makes a value fit for a public issue: known secret values and secret formats, hosts, addresses and paths are replaced;
/// control characters, mentions, HTML and table syntax are disarmed; long values are capped.
/// </summary>
public sealed partial class Redactor(Pack pack, ISecretValues secrets)
{
    private const int Cap = 300;
    private const string Hidden = "[redacted]";

    public string Clean(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var visible = Visible(text.Length > 4 * Cap ? text[..(4 * Cap)] : text);
        foreach (var secret in secrets.Current().Where(s => s.Length >= 4).OrderByDescending(s => s.Length))
        {
            if (!pack.Public.Contains(secret, StringComparer.OrdinalIgnoreCase))
            {
                visible = visible.Replace(secret, Hidden, StringComparison.OrdinalIgnoreCase);
            }
        }

        visible = SecretFormats().Replace(visible, Hidden);
        visible = Assignments().Replace(visible, m => m.Groups["key"].Value + Hidden);
        visible = Private().Replace(visible, m => pack.Public.Contains(m.Value, StringComparer.OrdinalIgnoreCase) ? m.Value : Hidden);
        return Disarm(visible.Length > Cap ? visible[..Cap] + "…" : visible);
    }

    private static string Visible(string text)
    {
        var kept = new StringBuilder(text.Length);
        foreach (var rune in AnsiSequences().Replace(text, "").EnumerateRunes())
        {
            var category = Rune.GetUnicodeCategory(rune);
            if (Rune.IsWhiteSpace(rune))
            {
                kept.Append(' ');
            }
            else if (category is not (System.Globalization.UnicodeCategory.Control
                or System.Globalization.UnicodeCategory.Format
                or System.Globalization.UnicodeCategory.OtherNotAssigned
                or System.Globalization.UnicodeCategory.PrivateUse))
            {
                kept.Append(rune.ToString());
            }
        }

        return kept.ToString().Trim();
    }

    private static string Disarm(string text) => text
        .Replace("&", "&amp;", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal)
        .Replace("|", "\\|", StringComparison.Ordinal)
        .Replace("`", "'", StringComparison.Ordinal)
        .Replace("@", "@\u200b", StringComparison.Ordinal)
        .Replace("#", "#\u200b", StringComparison.Ordinal)
        .Replace("](", "] (", StringComparison.Ordinal)
        .Replace("![", "! [", StringComparison.Ordinal);

    [GeneratedRegex(@"\x1b(\[[0-9;?]*[ -/]*[@-~]|\][^\x07\x1b]*(\x07|\x1b\\)?|.)", RegexOptions.ExplicitCapture)]
    private static partial Regex AnsiSequences();

    /// <summary>GitHub, AWS, Slack, generic provider keys, JWTs, PEM blocks, credentials inside URLs.</summary>
    [GeneratedRegex(
        @"gh[pousr]_[A-Za-z0-9]{16,}|github_pat_[A-Za-z0-9_]{20,}|AKIA[0-9A-Z]{16}|xox[abprs]-[A-Za-z0-9\-]{10,}|sk-[A-Za-z0-9_\-]{16,}|glpat-[A-Za-z0-9_\-]{16,}|eyJ[A-Za-z0-9_\-]{8,}\.[A-Za-z0-9_\-]{8,}\.[A-Za-z0-9_\-]*|-----BEGIN[A-Z ]+-----.*|[a-z][a-z0-9+.\-]*://[^\s/:@]+:[^\s@]+@\S+",
        RegexOptions.ExplicitCapture)]
    private static partial Regex SecretFormats();

    [GeneratedRegex(@"(?<key>\b[\w\-]*(password|passwd|pwd|secret|token|api[_\-]?key|access[_\-]?key|authorization|bearer)[\w\-]*[""']?\s*[:=]?\s+|\b[\w\-]*(password|passwd|pwd|secret|token|api[_\-]?key|access[_\-]?key)[\w\-]*[""']?\s*[:=]\s*)(?<value>[^\s,;]+)", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase)]
    private static partial Regex Assignments();

    /// <summary>URLs, e-mail addresses, IPv4/IPv6 addresses, user@host, host names with a known ending, absolute paths.</summary>
    [GeneratedRegex(
        @"\b[a-z][a-z0-9+.\-]*://\S+|[\w.+\-]+@[\w.\-]+|\b\d{1,3}(\.\d{1,3}){3}(:\d+)?\b|(?<![\w:])([0-9a-f]{0,4}:){3,7}[0-9a-f]{0,4}(?![\w:])|\b([a-z0-9]([a-z0-9\-]*[a-z0-9])?\.)+(com|org|net|io|dev|app|cloud|info|eu|de|ch|at|fr|es|pt|br|jp|uk|us|local|lan|internal|invalid|example|test)\b(:\d+)?|(?<![\w.])/(home|root|etc|var|usr|opt|srv|mnt|tmp|data|proc|run)(/[\w.\-]+)+",
        RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase)]
    private static partial Regex Private();
}
