using System;
using System.Collections.Generic;
using AuthModule.Jose.Signing;
using AuthModule.Text;

namespace AuthModule.Operations.ClientAuthentication;

/// <summary>A JWT by which a client says who it is, for one server and a short time (RFC 7523, section 3).</summary>
internal static class ClientAssertion
{
    public const string Type = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    // Long enough for a slow connection and clocks that differ a little, short enough that a stolen one is worth little.
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(2);

    public static string Write(ClientProof proof, Dictionary<string, object?> header, Func<byte[], byte[]> sign)
    {
        long now = proof.Clock.GetUtcNow().ToUnixTimeSeconds();
        return JwtWriter.Write(
            header,
            new Dictionary<string, object?>
            {
                ["iss"] = proof.ClientId,
                ["sub"] = proof.ClientId,
                ["aud"] = proof.Audience,
                ["jti"] = RandomText.Base64Url(16),
                ["iat"] = now,
                ["nbf"] = now,
                ["exp"] = now + (long)Lifetime.TotalSeconds,
            },
            sign);
    }

    /// <summary>Puts an assertion into a request (RFC 7521, section 4.2).</summary>
    public static void AddTo(RequestDraft draft, ClientProof proof, string assertion)
    {
        proof.Scrubber.Add(assertion);
        if (!draft.HasField("client_id"))
        {
            draft.Add("client_id", proof.ClientId);
        }

        draft.Add("client_assertion_type", Type);
        draft.Add("client_assertion", assertion);
    }
}
