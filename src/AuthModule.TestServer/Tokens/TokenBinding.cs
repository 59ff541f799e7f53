using System.Collections.Generic;
using System.Text.Json;

namespace AuthModule.TestServer.Tokens;

/// <summary>The claim that binds a token to a key (RFC 9449, section 6.1) or to a certificate (RFC 8705, section 3.1).</summary>
internal static class TokenBinding
{
    public const string Claim = "cnf";

    private const string KeyMember = "jkt";
    private const string CertificateMember = "x5t#S256";

    /// <summary>Null where there is nothing to bind to.</summary>
    public static IReadOnlyDictionary<string, object?>? To(string? keyThumbprint, string? certificateThumbprint) =>
        keyThumbprint is null && certificateThumbprint is null
            ? null
            : new Dictionary<string, object?> { [KeyMember] = keyThumbprint, [CertificateMember] = certificateThumbprint };

    /// <summary>The thumbprint of the key; null for a token without one.</summary>
    /// <param name="claims">As they were issued, or as a store gives them back.</param>
    public static string? Of(IReadOnlyDictionary<string, object?> claims) => Member(claims, KeyMember);

    /// <summary>The thumbprint of the certificate; null for a token without one.</summary>
    public static string? CertificateOf(IReadOnlyDictionary<string, object?> claims) => Member(claims, CertificateMember);

    public static string TypeOf(IReadOnlyDictionary<string, object?> claims) => Of(claims) is null ? "Bearer" : "DPoP";

    private static string? Member(IReadOnlyDictionary<string, object?> claims, string name) => claims.GetValueOrDefault(Claim) switch
    {
        IReadOnlyDictionary<string, object?> members => members.GetValueOrDefault(name) as string,
        JsonElement { ValueKind: JsonValueKind.Object } stored when stored.TryGetProperty(name, out JsonElement thumbprint) => thumbprint.GetString(),
        _ => null,
    };
}
