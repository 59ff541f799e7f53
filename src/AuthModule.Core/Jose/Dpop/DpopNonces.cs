using System;
using System.Collections.Concurrent;
using AuthModule.Http;

namespace AuthModule.Jose.Dpop;

/// <summary>The last nonce that each server gave for proofs (RFC 9449, section 8). Servers change them at any reply.</summary>
internal sealed class DpopNonces
{
    public const string Header = "DPoP-Nonce";
    public const string Error = "use_dpop_nonce";

    public const int MaxServers = 1000;

    private readonly ConcurrentDictionary<string, string> byOrigin = new(StringComparer.OrdinalIgnoreCase);

    public int Count => byOrigin.Count;

    public string? For(Uri url) => byOrigin.TryGetValue(Origin(url), out string? nonce) ? nonce : null;

    public void Remember(Uri url, string? nonce)
    {
        if (string.IsNullOrEmpty(nonce))
        {
            return;
        }

        if (byOrigin.Count >= MaxServers)
        {
            byOrigin.Clear();
        }

        byOrigin[Origin(url)] = nonce!;
    }

    public void Remember(WireReply reply) => Remember(reply.Request.Url, reply.Header(Header));

    private static string Origin(Uri url) => url.GetLeftPart(UriPartial.Authority);
}
