using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using FieldMedic.Packs;

namespace FieldMedic.Report;

/// <summary>
/// Finds what looks secret or private by its form alone. Every pattern runs without backtracking, so hostile text costs linear
/// time; what needs to look around a match is decided in code.
/// </summary>
internal sealed class PrivateText(Pack pack)
{
    private const RegexOptions Linear = RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant;

    /// <summary>Keys of GitHub, AWS, Slack, GitLab, Google and other providers; JWTs; PEM blocks.</summary>
    private static readonly Regex Formats = new(
        @"gh[pousr]_[A-Za-z0-9]{16,}|github_pat_[A-Za-z0-9_]{20,}|(AKIA|ASIA)[0-9A-Z]{16}|xox[abeprs]-[A-Za-z0-9\-]{10,}|sk-[A-Za-z0-9_\-]{16,}"
        + @"|[sr]k_(live|test)_[A-Za-z0-9]{10,}|glpat-[A-Za-z0-9_\-]{16,}|npm_[A-Za-z0-9]{30,}|AIza[A-Za-z0-9_\-]{30,}"
        + @"|eyJ[A-Za-z0-9_\-]{8,}\.[A-Za-z0-9_\-]{8,}(\.[A-Za-z0-9_\-]*)*|-----BEGIN[A-Z0-9 ]+-----.*",
        Linear);

    private static readonly Regex Assignments = new(
        @"(?<key>\b(authorization|cookie|set-cookie)[""']?\s*[:=]\s*)(?<value>.+)"
        + @"|(?<key>[\w\-]*(password|passwd|passphrase|pwd|secret|token|credential|session_?id|api[_\-]?key|access[_\-]?key|private[_\-]?key|account[_\-]?key)[\w\-]*[""']?\s*[:=]\s*)(?<value>""[^""]*""|'[^']*'|\S+)"
        + @"|(?<key>--?[\w\-]*(password|passwd|passphrase|secret|token|api-?key)[\w\-]*\s+)(?<value>\S+)"
        + @"|(?<key>\b(bearer|basic)\s+)(?<value>[A-Za-z0-9._~+/\-]{8,}=*)(?<scheme>)"
        + @"|(?<key>\b(user|username|login|role|host|hostname|server|hostaddr)\s*=\s*)(?<value>""[^""]*""|'[^']*'|[^\s;,]+)"
        + @"|(?<key>\b(user|username|role|host|hostname|server at)\s+)(?<value>""[^""]+""|'[^']+')",
        Linear | RegexOptions.IgnoreCase);

    private static readonly Regex Places = new(
        @"[a-z][a-z0-9+.\-]*://\S+"
        + @"|[^\s""'<>()\[\]=,;]+@[\w.\-]+"
        + @"|\b\d{1,3}(\.\d{1,3}){3}\b(:\d+)?"
        + @"|([a-z0-9_]([a-z0-9_\-]*[a-z0-9])?\.)+(com|org|net|io|dev|app|cloud|info|eu|de|ch|at|fr|es|pt|br|jp|uk|us|nl|be|pl|se|dk|fi|cz|ca|au|nz|cn|ru|xyz|site|online|tech|gov|edu|mil|local|localdomain|lan|corp|home|intra|intranet|private|internal|invalid|example|test)\b(:\d+)?"
        + @"|~?/(home|root|etc|var|usr|opt|srv|mnt|media|tmp|data|proc|run|dev|sys|boot|app|code|workspace|users|library|nix|snap|lib|bin|sbin)(/[\w.\-@+]+)+/?"
        + @"|~/[\w.\-/]+|\b[a-z]:\\\S+",
        Linear | RegexOptions.IgnoreCase);

    private static readonly Regex MaybeIpv6 = new(@"[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*(%\w+)?", Linear);

    /// <summary>What the pack itself calls its measurements may look like a host name (<c>disk.io</c>).</summary>
    private readonly HashSet<string> _names = new(ObservationNames(pack), StringComparer.OrdinalIgnoreCase);

    public string Hide(string text)
    {
        text = Formats.Replace(text, Redactor.Hidden);
        text = Assignments.Replace(text, m => m.Groups["key"].Value + (SaysNothing(m.Groups["value"].Value) || IsPlainWord(m) ? m.Groups["value"].Value : Redactor.Hidden));
        var before = text;
        text = Places.Replace(before, m => IsPublic(before, m) ? m.Value : Redactor.Hidden);
        var numbered = text;
        return MaybeIpv6.Replace(numbered, m => IsIpv6(numbered, m) ? Redactor.Hidden : m.Value);
    }

    /// <summary>"tokens_valid = no" is a measurement, and what is hidden already needs no second cover.</summary>
    private static bool SaysNothing(string value)
        => value is "yes" or "no" or "true" or "false" or "none" or "null" or "unknown" or Redactor.Hidden || (value.Length <= 3 && value.All(char.IsAsciiDigit));

    /// <summary>"basic authentication" names no credential.</summary>
    private static bool IsPlainWord(Match match) => match.Groups["scheme"].Success && match.Groups["value"].Value.All(char.IsAsciiLetterLower);

    private bool IsPublic(string text, Match match)
    {
        var end = match.Index + match.Length;
        var isPath = match.ValueSpan[0] is '/' or '~';
        var isInsideWord = match.Index > 0 && (char.IsLetterOrDigit(text[match.Index - 1]) || text[match.Index - 1] is '_' or '.');
        if (isPath && isInsideWord)
        {
            return true;
        }

        // "System.IO.IOException": the name goes on, so it ends in no known domain. "db.example.org." is the end of a sentence.
        var goesOn = end + 1 < text.Length && text[end] == '.' && char.IsAsciiLetter(text[end + 1]) && char.IsUpper(match.ValueSpan[0]);
        return goesOn || pack.Public.Contains(match.Value, StringComparer.OrdinalIgnoreCase) || _names.Contains(match.Value);
    }

    private static bool IsIpv6(string text, Match match)
    {
        var isInsideWord = match.Index > 0 && (char.IsLetterOrDigit(text[match.Index - 1]) || text[match.Index - 1] == '_');
        var end = match.Index + match.Length;
        var goesOn = end < text.Length && (char.IsLetterOrDigit(text[end]) || text[end] == '_');
        return !isInsideWord && !goesOn
            && IPAddress.TryParse(match.Value.TrimEnd('.'), out var address)
            && address.AddressFamily == AddressFamily.InterNetworkV6
            && !address.Equals(IPAddress.IPv6Any);
    }

    private static IEnumerable<string> ObservationNames(Pack pack)
        => pack.Status
            .Concat(pack.Problems.SelectMany(p => p.Show))
            .Concat(pack.Problems.SelectMany(p => p.When.Concat(p.Proof)).Concat(pack.Healthy).SelectMany(Names));

    private static IEnumerable<string> Names(Condition condition) => condition switch
    {
        Condition.Comparison { Right.Observation: { } other } both => [both.Left, other],
        Condition.Comparison one => [one.Left],
        Condition.Any any => any.Alternatives.SelectMany(a => a).SelectMany(Names),
        _ => [],
    };
}
