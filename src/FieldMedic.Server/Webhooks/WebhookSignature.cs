using System.Security.Cryptography;
using System.Text;

namespace FieldMedic.Server.Webhooks;

/// <summary><c>X-Hub-Signature-256</c>: an HMAC over the raw body. Every secret is tried, and each comparison takes the same time.</summary>
internal static class WebhookSignature
{
    private const string Prefix = "sha256=";

    /// <summary>The 32 bytes of the header; null when it is missing or no such signature.</summary>
    public static byte[]? Parse(string? header)
    {
        if (header is null || header.Length != Prefix.Length + (2 * SHA256.HashSizeInBytes) || !header.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return null;
        }

        var bytes = new byte[SHA256.HashSizeInBytes];
        return Convert.FromHexString(header.AsSpan(Prefix.Length), bytes, out _, out _) == System.Buffers.OperationStatus.Done ? bytes : null;
    }

    public static bool IsOf(ReadOnlySpan<byte> body, ReadOnlySpan<byte> signature, IEnumerable<string> secrets)
    {
        Span<byte> ours = stackalloc byte[SHA256.HashSizeInBytes];
        var isGenuine = false;
        foreach (var secret in secrets.Where(s => !string.IsNullOrWhiteSpace(s)))
        {
            HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body, ours);
            isGenuine |= CryptographicOperations.FixedTimeEquals(ours, signature);
        }

        return isGenuine;
    }
}
