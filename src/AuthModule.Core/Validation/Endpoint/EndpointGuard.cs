using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace AuthModule.Validation.Endpoint;

/// <summary>Protects an endpoint: the request's header in, a result with status and <c>WWW-Authenticate</c> out.</summary>
internal static class EndpointGuard
{
    private static readonly Dictionary<string, object?> NoClaims = [];

    /// <param name="header">The value of <c>Authorization</c>; null or empty when the request had none.</param>
    /// <param name="rules">What the token must be.</param>
    /// <param name="test">Tests the token that was sent: by its signature, or by asking the issuer.</param>
    public static ValueTask<TokenTestResult> TestAsync(string? header, ValidationRules rules, Func<string, ValidationRules, ValueTask<TokenTestResult>> test)
    {
        AuthorizationHeader sent = AuthorizationHeaderReader.Read(header);
        return sent.Kind == AuthorizationKind.Bearer
            ? test(sent.Token, rules with { IsBearer = true })
            : new ValueTask<TokenTestResult>(Refuse(sent, rules));
    }

    public static ValueTask<TokenTestResult> TestAsync(string? header, ValidationRules rules, TokenValidator validator, CancellationToken cancellationToken) =>
        TestAsync(header, rules, (token, bearer) => validator.ValidateAsync(token, bearer, AuthModule.Telemetry.NoLog.Instance, cancellationToken));

    private static TokenTestResult Refuse(AuthorizationHeader sent, ValidationRules rules) => new(
        [TokenCheck.Failed(CheckName.Header, AuthErrorId.TokenMalformed, sent.Reason)],
        NoClaims,
        new TokenSummary
        {
            NothingSent = sent.Kind == AuthorizationKind.Nothing,
            Realm = rules.Realm,
            RequiredScopes = rules.RequiredScopes,
        });
}
