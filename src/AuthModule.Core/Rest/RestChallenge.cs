using System;
using System.Linq;
using System.Net.Http;
using AuthModule.Jose.Dpop;

namespace AuthModule.Rest;

/// <summary>What a refusal asks for (RFC 6750, section 3; RFC 9449, section 9).</summary>
internal static class RestChallenge
{
    /// <summary>The server wants its nonce in the proof, and has sent one.</summary>
    public static bool WantsNonce(HttpResponseMessage response) =>
        (int)response.StatusCode == 401
        && response.Headers.Contains(DpopNonces.Header)
        && response.Headers.WwwAuthenticate.Any(challenge => challenge.Parameter?.Contains(DpopNonces.Error, StringComparison.Ordinal) == true);

    public static string? NonceOf(HttpResponseMessage response) =>
        response.Headers.TryGetValues(DpopNonces.Header, out System.Collections.Generic.IEnumerable<string>? values) ? values.FirstOrDefault() : null;

    /// <summary>The <c>error</c> of a challenge; null when there is none.</summary>
    public static string? ErrorOf(HttpResponseMessage response)
    {
        foreach (System.Net.Http.Headers.AuthenticationHeaderValue challenge in response.Headers.WwwAuthenticate)
        {
            string parameters = challenge.Parameter ?? string.Empty;
            int start = parameters.IndexOf("error=\"", StringComparison.Ordinal);
            int end = start < 0 ? -1 : parameters.IndexOf('"', start + 7);
            if (end > 0)
            {
                return parameters.Substring(start + 7, end - start - 7);
            }
        }

        return null;
    }
}
