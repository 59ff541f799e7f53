using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Discovery;
using AuthModule.Errors;
using AuthModule.Jose.Encryption;
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

/// <summary>
/// The one gate that every token reply passes: validates its ID token (OpenID Connect Core, sections 3.1.3.7 and 12.2). Nothing
/// of the reply is used when it does not pass.
/// </summary>
internal sealed class IdTokenVerifier(IIdTokenTester tester, EndpointResolver endpoints, TimeProvider clock)
{
    // How far this machine's clock and the issuer's may be apart when the age of an ID token is looked at.
    private static readonly TimeSpan OldestSkew = TimeSpan.FromMinutes(5);

    /// <summary>The tokens with what a good ID token says; those of a service that is no OpenID provider with theirs unread.</summary>
    /// <exception cref="TokenValidationException">The first check that did not pass.</exception>
    /// <exception cref="AuthServiceException">MalformedResponse: <c>openid</c> was asked for and no ID token came; the keys cannot be had.</exception>
    public async Task<TokenSet> VerifyAsync(GrantContext context, TokenSet tokens, IdTokenExpectation expected, CancellationToken cancellationToken)
    {
        if (tokens.IdToken is null)
        {
            RequireNone(context, expected);

            // The one before still names the sign-in, at a sign-out for example.
            return context.Previous is { IdToken: not null } earlier ? tokens.WithIdTokenOf(earlier) : tokens;
        }

        if (await WhyUnreadAsync(context, cancellationToken).ConfigureAwait(false) is { } why)
        {
            RequireUnasked(context, expected);
            context.Log.Verbose($"The ID token of {context.Service.DisplayName} is kept unread: {why}.");
            return tokens;
        }

        IReadOnlyDictionary<string, object?> claims = await ValidateAsync(context, tokens, expected, cancellationToken).ConfigureAwait(false);
        RequireSameSignIn(context, claims);
        return Opened(context, tokens).WithVerifiedIdToken(ClaimText.One(claims, "sub")!);
    }

    // Who wants to know how a person signed in is not served without an answer.
    private static void RequireUnasked(GrantContext context, IdTokenExpectation expected)
    {
        if (expected.AsksHow)
        {
            throw AuthError.Create(
                AuthErrorId.ClaimMismatch,
                $"{context.Service.DisplayName} says in no ID token how and when the person signed in, although -MaxAge or -AcrValues asks for it; the sign-in is refused.",
                new ErrorDetails { Service = context.Service.DisplayName, Action = "Add 'openid' to -Scope; where the service has no ID tokens, leave out -MaxAge and -AcrValues." });
        }
    }

    private static void RequireNone(GrantContext context, IdTokenExpectation expected)
    {
        RequireUnasked(context, expected);
        if (expected.IsRequired && context.Request.Scopes.Contains("openid"))
        {
            throw AuthError.Create(
                AuthErrorId.MalformedResponse,
                $"{context.Service.DisplayName} sent no ID token, although 'openid' was asked for: who signed in is not known.",
                new ErrorDetails { Service = context.Service.DisplayName });
        }
    }

    /// <summary>Null for the ID token of an OpenID provider to a client that is known.</summary>
    private async ValueTask<string?> WhyUnreadAsync(GrantContext context, CancellationToken cancellationToken)
    {
        Service service = context.Service;
        bool? said = service.Description.IsOpenId;
        if (said == false)
        {
            return $"provider '{service.Description.Name}' is no OpenID provider";
        }

        if (said is null && !service.Description.UsesDiscovery
            && (service.IssuerNames.Count == 0 || await FindKeysAsync(service, context, cancellationToken).ConfigureAwait(false) is null))
        {
            return $"provider '{service.Description.Name}' does not say who its issuer is and where its keys are";
        }

        return context.Request.ClientId is null ? "no client was named that it could be for" : null;
    }

    private async ValueTask<Uri?> FindKeysAsync(Service service, GrantContext context, CancellationToken cancellationToken)
    {
        try
        {
            return await endpoints.FindAsync(service, "jwks", context.Log, cancellationToken).ConfigureAwait(false);
        }
        catch (ConfigurationException)
        {
            return null; // Parameters that nothing but the keys needs are not given.
        }
    }

    private async Task<IReadOnlyDictionary<string, object?>> ValidateAsync(
        GrantContext context, TokenSet tokens, IdTokenExpectation expected, CancellationToken cancellationToken)
    {
        Service service = context.Service;
        ServerMetadata? published = await endpoints.MetadataAsync(service, context.Log, cancellationToken).ConfigureAwait(false);
        DecryptionKeys? keys = KeysFor(context, tokens);
        ValidationRules rules = SignedByService.Rules(tester, service, context.Request, published, "id_token_signing_alg_values_supported", clock) with
        {
            Use = TokenUse.Id,
            ClaimNames = DescribedClaimNames.Of(service.Description.Claims),
            Nonce = expected.Nonce,
            AccessToken = tokens.AccessToken,
            Code = expected.Code,
            MaximumAge = expected.MaximumAge,
            ContextClasses = expected.ContextClasses,
            Decryption = keys,
        };
        TokenTestResult result = await tester.TestAsync(tokens.IdToken!.Reveal(), rules, context.Log, cancellationToken).ConfigureAwait(false);
        if (result.FailedCheck is { } failed)
        {
            throw Refused(context, failed.Id!, $"{failed.Name}: {failed.Reason}");
        }

        if (expected.StartedOn is { } startedOn && NumericDate.ReadOptional(result.Source, "iat") is { } issuedOn && issuedOn < startedOn - OldestSkew)
        {
            throw Refused(context, AuthErrorId.TokenExpired, $"Lifetime: it was issued {DisplayText.Span(startedOn - issuedOn)} before this sign-in began");
        }

        return result.Source;
    }

    private static DecryptionKeys? KeysFor(GrantContext context, TokenSet tokens) =>
        NestedToken.IsEncrypted(tokens.IdToken!.Reveal()) ? context.Request.DecryptionKey?.Read() : null;

    // Renewals compare with what is inside, and a sign-out sends it (section 3.1.2.1, id_token_hint).
    private static TokenSet Opened(GrantContext context, TokenSet tokens) =>
        KeysFor(context, tokens) is { } keys && NestedToken.TryOpen(tokens.IdToken!.Reveal(), keys) is { } signed
            ? tokens with { IdToken = Secret.From(signed) }
            : tokens;

    // Section 12.2: the same issuer and person as at the sign-in; its nonce, or none; not older than the one before.
    private static void RequireSameSignIn(GrantContext context, IReadOnlyDictionary<string, object?> claims)
    {
        if (context.Previous is not { IdToken: { } idToken, IsIdTokenVerified: true } || JwtDecoder.TryReadClaims(idToken.Reveal()) is not { } earlier)
        {
            return;
        }

        RequireSame("iss", "Issuer", AuthErrorId.IssuerMismatch);
        RequireSame("sub", "Subject", AuthErrorId.ClaimMismatch);
        if (claims.ContainsKey("nonce"))
        {
            RequireSame("nonce", "Nonce", AuthErrorId.NonceMismatch);
        }

        if (NumericDate.ReadOptional(claims, "iat") < NumericDate.ReadOptional(earlier, "iat") - OldestSkew)
        {
            throw Refused(context, AuthErrorId.TokenExpired, "Lifetime: it is older than the one that it should replace");
        }

        void RequireSame(string name, string check, string id)
        {
            if (!string.Equals(ClaimText.One(claims, name), ClaimText.One(earlier, name), StringComparison.Ordinal))
            {
                throw Refused(context, id, $"{check}: '{name}' is another than at the sign-in");
            }
        }
    }

    private static AuthException Refused(GrantContext context, string id, string fault) => AuthError.Create(
        id,
        $"The ID token of {context.Service.DisplayName} is refused, and {(context.Previous is null ? "the sign-in" : "the renewal")} with it. {fault}.",
        new ErrorDetails { Service = context.Service.DisplayName });
}
