using AuthModule.Json;
using AuthModule.Text;
using AuthModule.Jose.Tokens;
using AuthModule.Platform;
using System;
using System.Collections.Generic;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Issuing;
using AuthModule.Validation;
using AuthModule.Jose.Keys;

namespace AuthModule.Mono.Smoke;

/// <summary>The local issuer, and what it issues held against its keys.</summary>
internal static class IssuingChecks
{
    public static KeyValuePair<string, Func<Task>>[] All =>
    [
        Check.That("issuing: an opaque token is active until it is revoked", async () =>
        {
            var issuer = new AuthIssuer();
            IssuedTokens tokens = await issuer.IssueAsync(Grant, CancellationToken.None).ConfigureAwait(false);
            string token = tokens.AccessToken.Reveal();
            Check.Equal(true, (await issuer.ValidateAsync(token, CancellationToken.None).ConfigureAwait(false)).IsActive);
            Check.Equal(AuthErrorId.InsufficientScope, (await issuer.ValidateAsync(token, CancellationToken.None, ["orders.write"]).ConfigureAwait(false)).Failure);
            IssuedTokens renewed = await issuer.RefreshAsync(tokens.RefreshToken!.Reveal(), CancellationToken.None).ConfigureAwait(false);
            Check.Equal(true, (await issuer.ValidateAsync(renewed.AccessToken.Reveal(), CancellationToken.None).ConfigureAwait(false)).IsActive);
        }),
        Check.That("issuing: a JWT signed with RS256 passes our validator", async () =>
        {
            var keys = new IssuerKeys("RS256");
            string token = keys.Sign(
                new Dictionary<string, object?> { ["iss"] = "https://id.example", ["sub"] = "alice", ["aud"] = "orders", ["exp"] = DateTimeOffset.UtcNow.AddMinutes(5).ToUnixTimeSeconds() }, "at+jwt");
            var rules = new ValidationRules
            {
                Keys = new FixedKeySource(JwkReader.TryReadSet(Encoding.UTF8.GetBytes(keys.ToJwks()), "https://id.example", "https://id.example")!),
                Audiences = ["orders"],
            };
            TokenTestResult result = await new TokenValidator().ValidateAsync(token, rules, CancellationToken.None).ConfigureAwait(false);
            Check.Equal(null, result.Failure is null ? null : string.Join("; ", result.Checks));
            string[] parts = token.Split('.');
            result = await new TokenValidator().ValidateAsync($"{parts[0]}.{parts[1]}.{parts[2].Substring(0, 10)}AAAA{parts[2].Substring(14)}", rules, CancellationToken.None).ConfigureAwait(false);
            Check.Equal(AuthErrorId.SignatureInvalid, result.Failure);
        }),
    ];

    private static TokenGrant Grant => new() { Subject = "alice", Scopes = ["orders.read"], WithRefreshToken = true };
}
