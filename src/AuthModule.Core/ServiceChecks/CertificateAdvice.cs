using System;
using System.Collections.Generic;
using AuthModule.Http;
using AuthModule.Text;

namespace AuthModule.ServiceChecks;

/// <summary>Says what is wrong with a certificate, everything at once, and what to do about the first of it.</summary>
internal static class CertificateAdvice
{
    /// <param name="found">What the server showed.</param>
    /// <param name="fault">What the check of every connection says.</param>
    /// <param name="now">By the injected clock.</param>
    /// <param name="host">Whom it should be for.</param>
    /// <param name="hasOwnAuthorities">The user named the authorities to trust.</param>
    public static (string What, string Action) For(TlsFindings found, string fault, DateTimeOffset now, string host, bool hasOwnAuthorities)
    {
        var faults = new List<(string What, string Action)>();
        if (found.NotAfter < now)
        {
            faults.Add(("the certificate has expired", "Have the server's certificate renewed. If it is good, set the clock of this machine."));
        }

        if (found.NotBefore > now)
        {
            faults.Add(($"the certificate is valid from {DisplayText.Time(found.NotBefore)} on only", "Set the clock of this machine, or wait."));
        }

        if (found.IsForAnotherHost)
        {
            faults.Add(($"the certificate is not for {host}", "Use a name that the certificate has, or have one made for this name."));
        }

        if (!found.IsTrusted)
        {
            faults.Add(found.IsSelfSigned
                ? ("the certificate is self-signed", "If it is the service's own, get its file by a safe way and give it: -CaCertificate PATH.")
                : hasOwnAuthorities
                ? ("its authority is not in the given CA file, or an intermediate certificate is missing", "Give the file of the authority that issued it; let the server send its intermediate certificates.")
                : ("its authority is not trusted here, or an intermediate certificate is missing", "For a private authority give its file: -CaCertificate PATH. For a public one let the server send its intermediate certificates."));
        }

        return faults.Count == 0
            ? (fault, "Have the server's certificate looked at by its administrator.")
            : (string.Join(", and ", faults.ConvertAll(one => one.What)), faults[0].Action);
    }
}
