using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Discovery;
using AuthModule.Errors;
using AuthModule.Jose.Keys;
using AuthModule.Jose.Tokens;
using AuthModule.Requests;
using AuthModule.Resolution;
using AuthModule.Secrets;
using AuthModule.Telemetry;
using AuthModule.Text;
using AuthModule.Tokens;
using AuthModule.Validation;

namespace AuthModule.Grants.AuthorizationCode;

/// <summary>Validates the ID token of a sign-in (OpenID Connect Core, section 3.1.3.7): nothing of the sign-in is used when it does not pass.</summary>
internal sealed class IdTokenVerifier(IIdTokenTester tester, EndpointResolver endpoints, TimeProvider clock)
{
    // How far this machine's clock and the issuer's may be apart when the age of an ID token is looked at.
    private static readonly TimeSpan OldestSkew = TimeSpan.FromMinutes(5);

    // OpenID Connect Core, section 2.
    private static readonly string[] Required = ["iss", "sub", "aud", "exp", "iat"];

    /// <exception cref="TokenValidationException">The first check that did not pass.</exception>
    /// <exception cref="AuthServiceException">MalformedResponse: <c>openid</c> was asked for and no ID token came.</exception>
    public async Task VerifyAsync(GrantContext context, TokenSet tokens, SignInExpectation expected, CancellationToken cancellationToken)
    {
        Service service = context.Service;
        if (tokens.IdToken is not { } idToken)
        {
            if (context.Request.Scopes.Contains("openid"))
            {
                throw AuthError.Create(
                    AuthErrorId.MalformedResponse,
                    $"{service.DisplayName} sent no ID token, although 'openid' was asked for: who signed in is not known.",
                    new ErrorDetails { Service = service.DisplayName });
            }

            return;
        }

        if (!service.Description.UsesDiscovery && await endpoints.FindAsync(service, "jwks", context.Log, cancellationToken).ConfigureAwait(false) is null)
        {
            context.Log.Verbose($"Provider '{service.Description.Name}' does not say where the keys of {service.DisplayName} are: the ID token is not looked at.");
            return;
        }

        ServerMetadata? published = await endpoints.MetadataAsync(service, context.Log, cancellationToken).ConfigureAwait(false);
        var rules = new ValidationRules
        {
            Keys = tester.KeysOf(service),
            Issuers = service.Issuer is { } issuer ? [issuer] : [],
            Use = TokenUse.Id,
            ClientIds = context.Request.ClientId is { } client ? [client] : [],
            ClaimNames = DescribedClaimNames.Of(service.Description.Claims),
            Nonce = expected.Nonce,
            AccessToken = tokens.AccessToken,
            Code = expected.Code,
            AllowedAlgorithms = published?.List("id_token_signing_alg_values_supported"),
            HmacSecret = context.Request.Client.Secret is { } secret ? new SecretKeySource(secret) : null,
            Clock = clock,
        };
        TokenTestResult result = await tester.TestAsync(idToken.Reveal(), rules, context.Log, cancellationToken).ConfigureAwait(false);
        if (!result.IsValid)
        {
            TokenCheck failed = result.Checks.First(check => !check.Passed && check.WasRun);
            throw Refused(service, failed.Id!, $"{failed.Name}: {failed.Reason}");
        }

        if (Array.Find(Required, name => !result.Source.ContainsKey(name)) is { } missing)
        {
            throw Refused(service, AuthErrorId.TokenMalformed, $"Shape: it has no '{missing}'");
        }

        if (NumericDate.ReadOptional(result.Source, "iat") is { } issuedOn && issuedOn < expected.StartedOn - OldestSkew)
        {
            throw Refused(service, AuthErrorId.TokenExpired, $"Lifetime: it was issued {DisplayText.Span(expected.StartedOn - issuedOn)} before this sign-in began");
        }
    }

    private static AuthException Refused(Service service, string id, string fault) => AuthError.Create(
        id,
        $"The ID token of {service.DisplayName} is refused, and the sign-in with it. {fault}.",
        new ErrorDetails { Service = service.DisplayName });
}

/// <summary>What an ID token has to match.</summary>
/// <param name="StartedOn">When the sign-in began: no ID token of it can be older.</param>
internal sealed record SignInExpectation(DateTimeOffset StartedOn)
{
    /// <summary>Null where none was sent.</summary>
    public string? Nonce { get; init; }

    /// <summary>Null where there was none.</summary>
    public Secret? Code { get; init; }
}
