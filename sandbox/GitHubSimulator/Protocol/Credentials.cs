using System.Text;

namespace GitHubSimulator.Protocol;

/// <summary>Reads the token from <c>Authorization</c> in the three spellings GitHub takes.</summary>
internal static class Credentials
{
    public static string? TokenOf(HttpRequest request)
    {
        var header = request.Headers.Authorization.ToString();
        var space = header.IndexOf(' ', StringComparison.Ordinal);
        if (space < 0)
        {
            return header.Length == 0 ? null : header;
        }

        var value = header[(space + 1)..].Trim();
        return header[..space].ToUpperInvariant() switch
        {
            "BEARER" => value,
            // An App's signature is taken from a bearer only.
            "TOKEN" => AppSignature.IsOne(value) ? string.Empty : value,
            "BASIC" => PasswordOf(value),
            _ => string.Empty,
        };
    }

    private static string PasswordOf(string basic)
    {
        var bytes = new byte[basic.Length];
        if (!Convert.TryFromBase64String(basic, bytes, out var length))
        {
            return string.Empty;
        }

        var pair = Encoding.UTF8.GetString(bytes, 0, length);
        return pair[(pair.IndexOf(':', StringComparison.Ordinal) + 1)..];
    }
}
