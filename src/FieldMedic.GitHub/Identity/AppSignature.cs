using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using FieldMedic.GitHub.Http;
using FieldMedic.GitHub.Wire;

namespace FieldMedic.GitHub.Identity;

/// <summary>Signs, with the App's private key, that it is the App: a JSON web token (RS256) of nine minutes.</summary>
internal static class AppSignature
{
    private const string Header = """{"alg":"RS256","typ":"JWT"}""";

    // GitHub takes ten minutes at most and asks for a minute's grace against clocks that run ahead.
    private static readonly TimeSpan Back = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Ahead = TimeSpan.FromMinutes(8);

    public static string Make(GitHubAppSettings app, GitHubCall call, DateTimeOffset now)
    {
        var claims = new WireClaims((now - Back).ToUnixTimeSeconds(), (now + Ahead).ToUnixTimeSeconds(), app.AppId);
        var signed = $"{Encode(Encoding.UTF8.GetBytes(Header))}.{Encode(JsonSerializer.SerializeToUtf8Bytes(claims, WireJson.Default.WireClaims))}";
        using var key = Key(app, call);
        return $"{signed}.{Encode(key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))}";
    }

    private static RSA Key(GitHubAppSettings app, GitHubCall call)
    {
        var pem = app.PrivateKey();
        if (string.IsNullOrWhiteSpace(pem))
        {
            throw GitHubFailures.NoAppKey(call);
        }

        var key = RSA.Create();
        try
        {
            // In an environment variable the lines of the file are often joined by a backslash and an n.
            key.ImportFromPem(pem.Replace("\\n", "\n", StringComparison.Ordinal));
            return key;
        }
        catch (Exception e) when (e is ArgumentException or CryptographicException)
        {
            key.Dispose();
            throw GitHubFailures.BadAppKey(call);
        }
    }

    private static string Encode(ReadOnlySpan<byte> bytes) => Base64Url.EncodeToString(bytes);
}
