using System;
using System.Linq;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace AuthModule.Http;

/// <summary>Checks a server's certificate against the system's authorities, or against the user's own and only those.</summary>
internal static class ServerCertificateCheck
{
    /// <summary>Null when the certificate is good, else what is wrong with it.</summary>
    public static string? FindFault(X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors, X509Certificate2Collection? authorities)
    {
        if (certificate is null || (errors & SslPolicyErrors.RemoteCertificateNotAvailable) != 0)
        {
            return "the server sent no certificate";
        }

        if ((errors & SslPolicyErrors.RemoteCertificateNameMismatch) != 0)
        {
            return "the certificate is for another host name";
        }

        if (authorities is not null)
        {
            return FindChainFault((X509Certificate2)certificate, chain, authorities);
        }

        return errors == SslPolicyErrors.None ? null : Describe(chain);
    }

    /// <summary>Whether a chain leads from the certificate to one of the given authorities, whatever its dates.</summary>
    public static bool EndsAt(X509Certificate2 certificate, X509Chain? sent, X509Certificate2Collection authorities) =>
        FindChainFault(certificate, sent, authorities, X509VerificationFlags.IgnoreNotTimeValid) is null;

    private static string? FindChainFault(
        X509Certificate2 certificate, X509Chain? sent, X509Certificate2Collection authorities, X509VerificationFlags allowed = X509VerificationFlags.NoFlag)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        if (sent is not null)
        {
            foreach (X509ChainElement element in sent.ChainElements)
            {
                chain.ChainPolicy.ExtraStore.Add(element.Certificate);
            }
        }

#if NETSTANDARD2_0
        chain.ChainPolicy.ExtraStore.AddRange(authorities);
        chain.ChainPolicy.VerificationFlags = X509VerificationFlags.AllowUnknownCertificateAuthority | allowed;
        if (!chain.Build(certificate))
        {
            return Describe(chain);
        }

        // Unknown authorities were let through above, so the end of the chain has to be one of the user's.
        X509Certificate2 root = chain.ChainElements[chain.ChainElements.Count - 1].Certificate;
        bool isTrusted = authorities.Cast<X509Certificate2>().Any(authority => authority.RawData.SequenceEqual(root.RawData));
        return isTrusted ? null : "it was not issued by an authority in the given CA file";
#else
        chain.ChainPolicy.VerificationFlags = allowed;
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
        return chain.Build(certificate) ? null : Describe(chain);
#endif
    }

    private static string Describe(X509Chain? chain)
    {
        string[] faults = chain is null
            ? []
            : [.. chain.ChainStatus.Select(status => Name(status.Status)).Distinct()];
        return faults.Length == 0 ? "its chain could not be verified" : string.Join(", ", faults);
    }

    private static string Name(X509ChainStatusFlags status) => status switch
    {
        X509ChainStatusFlags.NotTimeValid => "the certificate is out of date",
        X509ChainStatusFlags.UntrustedRoot or X509ChainStatusFlags.PartialChain => "its authority is not trusted",
        X509ChainStatusFlags.Revoked => "the certificate was revoked",
        _ => status.ToString(),
    };
}
