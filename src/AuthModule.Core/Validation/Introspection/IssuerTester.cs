using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Errors;
using AuthModule.Issuing;
using AuthModule.Jose.Tokens;
using AuthModule.Telemetry;
using AuthModule.Text;

namespace AuthModule.Validation.Introspection;

/// <summary>Tests tokens of a local issuer: its records know them, opaque or not, and say at once when one was revoked.</summary>
internal static class IssuerTester
{
    private static readonly Dictionary<string, object?> NoClaims = [];

    /// <exception cref="AuthServiceException">StoreUnavailable, StoreCorrupt: the records cannot be read, so that there is no answer.</exception>
    /// <exception cref="AuthenticationException">RateLimited: the token, or its client, has been tested too often.</exception>
    public static async ValueTask<TokenTestResult> TestAsync(AuthIssuer issuer, string token, ValidationRules rules, ICallLog log, CancellationToken cancellationToken)
    {
        TokenStatus status = await issuer.ValidateAsync(token, cancellationToken).ConfigureAwait(false);
        if (status.Failure is { } failure)
        {
            if (failure == AuthErrorId.RateLimited)
            {
                throw AuthError.Create(failure, $"{issuer.Name} does not look at the token: {status.Reason}.", new ErrorDetails { Service = issuer.Name, RetryAfter = status.RetryAfter });
            }

            TokenCheck refused = TokenCheck.Failed(CheckName.Active, failure, status.Reason);
            return new TokenTestResult([refused], NoClaims, new TokenSummary { Realm = rules.Realm, RequiredScopes = rules.RequiredScopes });
        }

        var context = new ValidationContext
        {
            Text = token,
            Rules = rules,
            Log = log,
            Now = rules.Clock.GetUtcNow(),
            Reply = Describe(issuer, status.Record!),
        };
        return await TokenValidator.RunAsync(context, ValidationChecks.Introspected, cancellationToken).ConfigureAwait(false);
    }

    private static Dictionary<string, object?> Describe(AuthIssuer issuer, TokenRecord record)
    {
        // As a store gives them back they are JSON, and the checks look for plain values.
        Dictionary<string, object?> reply = PlainValues.TryReadObject(JsonText.WriteBytes(record.Grant.Claims), out _) ?? [];
        reply["iss"] = string.IsNullOrEmpty(record.Grant.Issuer) ? issuer.Name : record.Grant.Issuer;
        reply["token_use"] = "access";

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
