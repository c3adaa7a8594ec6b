using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace GitHubSimulator.Tests.Harness;

/// <summary>The key of the App <c>medic</c> (id 7), and what can be signed with it.</summary>
internal sealed class AppKey : IDisposable
{
    private readonly RSA key = RSA.Create(2048);

    public string PublicPem => key.ExportSubjectPublicKeyInfoPem();

    public string PrivatePem => key.ExportRSAPrivateKeyPem();

    public string Sign(int from = -60, int until = 500, string app = "7", string algorithm = "RS256")
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        var signed = $"{Encode($"{{\"alg\":\"{algorithm}\",\"typ\":\"JWT\"}}")}.{Encode($"{{\"iat\":{now + from},\"exp\":{now + until},\"iss\":\"{app}\"}}")}";
        return $"{signed}.{Base64Url.EncodeToString(key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))}";
    }

    public void Dispose() => key.Dispose();

    private static string Encode(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));
}
