using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using GitHubSimulator.State;

namespace GitHubSimulator.Protocol;

/// <summary>Checks what an App signs (RS256), by GitHub's rules: ten minutes at most, not from the future, not over.</summary>
internal static class AppSignature
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    public static bool IsOne(string token) => token.Count(c => c == '.') == 2;

    /// <summary>The App that signed, or why it is not believed.</summary>
    public static (GitHubApp? App, string? Why) Check(string token, Apps apps, DateTimeOffset now)
    {
        var parts = token.Split('.');
        try
        {
            using var header = JsonDocument.Parse(Base64Url.DecodeFromChars(parts[0]));
            using var claims = JsonDocument.Parse(Base64Url.DecodeFromChars(parts[1]));
            var issuer = claims.RootElement.GetProperty("iss");
            var app = apps.Find(issuer.ValueKind == JsonValueKind.Number ? issuer.GetRawText() : issuer.GetString()!);
            if (app is null || header.RootElement.GetProperty("alg").GetString() != "RS256" || !IsSigned(parts, app))
            {
                return (null, "A JSON web token could not be decoded");
            }

            var from = DateTimeOffset.FromUnixTimeSeconds(claims.RootElement.GetProperty("iat").GetInt64());
            var until = DateTimeOffset.FromUnixTimeSeconds(claims.RootElement.GetProperty("exp").GetInt64());
            return (from > now, until <= now, until - now > Longest) switch
            {
                (true, _, _) => (null, "'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued"),
                (_, true, _) => (null, "'Expiration time' claim ('exp') must be a numeric value representing the future time at which the assertion expires"),
                (_, _, true) => (null, "'Expiration time' claim ('exp') is too far in the future"),
                _ => (app, null),
            };
        }
        catch (Exception wrong) when (wrong is FormatException or JsonException or KeyNotFoundException or InvalidOperationException or ArgumentException)
        {
            return (null, "A JSON web token could not be decoded");
        }
    }

    private static bool IsSigned(string[] parts, GitHubApp app)
    {
        using var key = RSA.Create();
        key.ImportFromPem(app.PublicKey);
        return key.VerifyData(Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), Base64Url.DecodeFromChars(parts[2]), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
    }
}
