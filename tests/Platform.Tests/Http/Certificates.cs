using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace FieldMedic.Platform.Tests.Http;

/// <summary>Certificates made on the spot.</summary>
internal static class Certificates
{
    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    public static X509Certificate2 Authority()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=A private authority", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        return request.CreateSelfSigned(Now.AddDays(-30), Now.AddDays(30));
    }

    /// <summary>For one name; signed by itself when there is no authority.</summary>
    public static X509Certificate2 Signed(X509Certificate2? authority, string name, bool expired = false)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        var (from, to) = (Now.AddDays(-10), Now.AddDays(expired ? -1 : 10));
        if (authority is null)
        {
            return request.CreateSelfSigned(from, to);
        }

        using var issued = request.Create(authority, from, to, [1, 2, 3, 4]);
        return issued.CopyWithPrivateKey(key);
    }
}
