using System;
using System.Collections.Generic;

namespace AuthModule.Jose.Signing;

/// <summary>The blocks of a PEM text (RFC 7468), in their order.</summary>
internal static class PemText
{
    private const string Begin = "-----BEGIN ";
    private const string Dashes = "-----";

    /// <exception cref="FormatException">A block that does not end, is not base64, or is encrypted in the old way.</exception>
    public static IEnumerable<(string Label, byte[] Der)> Blocks(string text)
    {
        int at = 0;
        while ((at = text.IndexOf(Begin, at, StringComparison.Ordinal)) >= 0)
        {
            int labelStart = at + Begin.Length;
            int labelEnd = text.IndexOf(Dashes, labelStart, StringComparison.Ordinal);
            string label = labelEnd < 0 ? string.Empty : text.Substring(labelStart, labelEnd - labelStart);
            int bodyStart = labelEnd + Dashes.Length;
            int bodyEnd = labelEnd < 0 ? -1 : text.IndexOf($"-----END {label}-----", bodyStart, StringComparison.Ordinal);
            if (bodyEnd < 0)
            {
                throw new FormatException("A block in it does not end.");
            }

            string body = text.Substring(bodyStart, bodyEnd - bodyStart);
            if (body.Contains("ENCRYPTED", StringComparison.Ordinal))
            {
                throw new FormatException("The key in it is encrypted in the old way of OpenSSL: convert it with 'openssl pkcs8 -topk8'.");
            }

            yield return (label, Convert.FromBase64String(body));
            at = bodyEnd;
        }
    }
}
