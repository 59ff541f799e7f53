using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Issuing;
using AuthModule.Telemetry;

namespace AuthModule.Validation.Introspection;

/// <summary>Tests tokens of a local issuer: its records know them, opaque or not, and say at once when one was revoked.</summary>
internal static class IssuerTester
{
    private static readonly Dictionary<string, object?> NoClaims = [];

    /// <exception cref="AuthServiceException">StoreUnavailable, StoreCorrupt: the records cannot be read, so that there is no answer.</exception>
    public static async ValueTask<TokenTestResult> TestAsync(AuthIssuer issuer, string token, ValidationRules rules, ICallLog log, CancellationToken cancellationToken)
    {
        TokenStatus status = await issuer.ValidateAsync(token, cancellationToken).ConfigureAwait(false);
        if (status.Failure is { } failure)
        {
            TokenCheck refused = TokenCheck.Failed(CheckName.Active, failure, status.Reason);
            return new TokenTestResult([refused], NoClaims, new TokenSummary { Realm = rules.Realm, RequiredScopes = rules.RequiredScopes });
        }

        var context = new ValidationContext
        {
            Text = token,
            Rules = rules,
            Log = log,
            Now = rules.Clock.GetUtcNow(),
            Reply = Describe(status.Record!),
        };
        return await TokenValidator.RunAsync(context, ValidationChecks.Introspected, cancellationToken).ConfigureAwait(false);
    }

    private static Dictionary<string, object?> Describe(TokenRecord record)
    {
        var reply = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (KeyValuePair<string, object?> claim in record.Grant.Claims)
        {
            reply[claim.Key] = claim.Value;
        }

        reply["active"] = true;
        reply["sub"] = record.Subject;
        reply["scope"] = string.Join(" ", record.Scopes);
        reply["exp"] = record.ExpiresAt.ToUnixTimeMilliseconds() / 1000.0;
        if (record.ClientId is { } client)
        {
            reply["client_id"] = client;
        }

        if (record.Grant.Audience.Count > 0)
        {
            reply["aud"] = (object?[])[.. record.Grant.Audience];
        }

        return reply;
    }
}
