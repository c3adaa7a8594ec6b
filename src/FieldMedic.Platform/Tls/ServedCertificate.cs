using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace FieldMedic.Platform.Tls;

/// <summary>What a server shows in its handshake. It is taken whatever it is and judged afterwards: time, name and chain each on their own.</summary>
internal sealed class ServedCertificate : IDisposable
{
    private readonly X509Certificate2 _leaf;
    private readonly X509Certificate2Collection _rest;

    private ServedCertificate(X509Certificate2 leaf, X509Certificate2Collection rest, bool isNameRight)
    {
        _leaf = leaf;
        _rest = rest;
        IsNameRight = isNameRight;
    }

    public X509Certificate2 Leaf => _leaf;

    public bool IsNameRight { get; }

    /// <exception cref="IOException">No handshake came about.</exception>
    public static async Task<ServedCertificate> ReadAsync(Stream connection, string host, CancellationToken cancellationToken)
    {
        ServedCertificate? served = null;
#pragma warning disable CA5359 // Accepted in order to look at it; nothing is sent over this connection.
        await using var stream = new SslStream(connection, leaveInnerStreamOpen: true, (_, certificate, chain, errors) =>
        {
            if (certificate is not null)
            {
                var rest = new X509Certificate2Collection();
                foreach (var sent in chain?.ChainPolicy.ExtraStore ?? [])
                {
                    rest.Add(X509CertificateLoader.LoadCertificate(sent.RawData));
                }

                served = new ServedCertificate(X509CertificateLoader.LoadCertificate(certificate.GetRawCertData()), rest, !errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch));
            }

            return true;
        });
#pragma warning restore CA5359
        await stream.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = host, CertificateRevocationCheckMode = X509RevocationMode.NoCheck }, cancellationToken).ConfigureAwait(false);
        return served ?? throw new IOException("the server showed no certificate");
    }

    /// <summary>Whether it leads to a trusted authority, time aside. Without an authority of our own the system's count.</summary>
    public bool IsTrusted(X509Certificate2? authority)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.VerificationFlags = X509VerificationFlags.IgnoreNotTimeValid;
        // What the server did not send is not fetched from anywhere: a device in the field may not do that either.
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.ExtraStore.AddRange(_rest);
        if (authority is not null)
        {
            chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            chain.ChainPolicy.CustomTrustStore.Add(authority);
        }

        return chain.Build(_leaf);
    }

    public void Dispose()
    {
        _leaf.Dispose();
        foreach (var certificate in _rest)
        {
            certificate.Dispose();
        }
    }
}
