using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace AuthModule.Http;

/// <summary>Reads from a server's certificate what a person needs to know to mend it.</summary>
internal static class CertificateInspection
{
    private const string AlternativeNames = "2.5.29.17";

    private const X509ChainStatusFlags Untrusted = X509ChainStatusFlags.UntrustedRoot | X509ChainStatusFlags.PartialChain;

    public static TlsFindings Of(X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors, X509Certificate2Collection? authorities)
    {
        string? fault = ServerCertificateCheck.FindFault(certificate, chain, errors, authorities);
        if (certificate is not X509Certificate2 seen)
        {
            return new TlsFindings { CertificateFault = fault };
        }

        // Against the user's own authorities the chain is built again; everything but their word was checked already.
        bool isTrusted = authorities is null
            ? chain is null || chain.ChainStatus.All(status => (status.Status & Untrusted) == 0)
            : ServerCertificateCheck.EndsAt(seen, chain, authorities);
        return new TlsFindings
        {
            CertificateFault = fault,
            Issuer = seen.GetNameInfo(X509NameType.SimpleName, forIssuer: true),
            Names = NamesOf(seen),
            NotBefore = new DateTimeOffset(seen.NotBefore.ToUniversalTime()),
            NotAfter = new DateTimeOffset(seen.NotAfter.ToUniversalTime()),
            IsForAnotherHost = (errors & SslPolicyErrors.RemoteCertificateNameMismatch) != 0,
            IsSelfSigned = seen.SubjectName.RawData.SequenceEqual(seen.IssuerName.RawData),
            IsTrusted = isTrusted,
        };
    }

#if NETSTANDARD2_0
    // The framework can only write them as text, in the language of the system: "DNS Name=localhost, ...".
    private static List<string> NamesOf(X509Certificate2 certificate)
    {
        X509Extension? extension = certificate.Extensions.Cast<X509Extension>().FirstOrDefault(one => one.Oid?.Value == AlternativeNames);
        return extension is null
            ? [certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false)]
            : [.. extension.Format(false).Split(',').Select(name => name.Substring(name.IndexOfAny(['=', ':']) + 1).Trim()).Where(name => name.Length > 0)];
    }
#else
    private static List<string> NamesOf(X509Certificate2 certificate)
    {
        X509Extension? extension = certificate.Extensions.FirstOrDefault(one => one.Oid?.Value == AlternativeNames);
        if (extension is null)
        {
            return [certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false)];
        }

        var names = new X509SubjectAlternativeNameExtension(extension.RawData);
        return [.. names.EnumerateDnsNames(), .. names.EnumerateIPAddresses().Select(address => address.ToString())];
    }
#endif
}
