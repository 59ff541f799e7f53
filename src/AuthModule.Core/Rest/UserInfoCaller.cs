using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Discovery;
using AuthModule.Errors;
using AuthModule.Grants;
using AuthModule.Http;
using AuthModule.Jose.Encryption;
using AuthModule.Jose.Tokens;
using AuthModule.Json;
using AuthModule.Requests;
using AuthModule.Resolution;
using AuthModule.Telemetry;
using AuthModule.Text;
using AuthModule.Tokens;
using AuthModule.Validation;

namespace AuthModule.Rest;

/// <summary>
/// Asks a service who the person of a session is: a plain, a signed or an encrypted reply (OpenID Connect Core, section 5.3). Nothing of
/// it is used where it speaks of somebody else than the ID token does.
/// </summary>
internal sealed class UserInfoCaller(RestCaller rest, EndpointResolver endpoints, IIdTokenTester tester, TimeProvider clock)
{
    private const int LongestReply = 1024 * 1024;

    /// <exception cref="TokenValidationException">ClaimMismatch: it is about another person. SignatureInvalid and the like: a signed reply that is no good.</exception>
    /// <exception cref="AuthException">DiscoveryFailed or MissingParameter: the service has no such endpoint; MalformedResponse; what the service refused.</exception>
    public async Task<AuthUser> AskAsync(AuthSession session, ICallLog log, CancellationToken cancellationToken)
    {
        Uri endpoint = await endpoints.RequireAsync(session.Service, "userinfo", log, cancellationToken).ConfigureAwait(false);
        AddressPolicy.RequireProtected(endpoint, session.Authority, session.Service.Transport);
        var request = new RestRequest(endpoint) { ReplyLimit = LongestReply, Headers = [new("Accept", "application/json, application/jwt")] };
        using RestReply reply = await rest.SendAsync(session, request, settings: null, log, cancellationToken).ConfigureAwait(false);
        byte[] body = await reply.ReadAsync(cancellationToken).ConfigureAwait(false);
        Answer answer = reply.MediaType is "application/jwt" || body.Length == 0 || body[0] != '{'
            ? await OpenAsync(session, body, log, cancellationToken).ConfigureAwait(false)
            : new Answer(Read(session, body), IsSigned: false, IsEncrypted: false);
        return UserOf(session, answer);
    }

    private async Task<Answer> OpenAsync(AuthSession session, byte[] body, ICallLog log, CancellationToken cancellationToken)
    {
        string text = Encoding.ASCII.GetString(body).Trim();
        if (CompactToken.TryRead(text, out string fault) is not { } token)
        {
            throw Malformed(session, $"something that is neither JSON nor a JWT: {fault}");
        }

        DecryptionKeys? keys = token.IsEncrypted ? session.Request.DecryptionKey?.Read() : null;

        // Encrypted but not signed it is as good as plain: the connection vouches for it.
        if (keys is not null && keys.Decrypt(token).Plaintext is { Length: > 0 } plain && plain[0] == '{')
        {
            return new Answer(Read(session, plain), IsSigned: false, IsEncrypted: true);
        }

        TokenTestResult result = await tester.TestAsync(text, await RulesAsync(session, keys, log, cancellationToken).ConfigureAwait(false), log, cancellationToken).ConfigureAwait(false);
        return result.FailedCheck is not { } failed
            ? new Answer(result.Source, IsSigned: true, token.IsEncrypted)
            : throw AuthError.Create(
                failed.Id!,
                $"What {session.Authority} says of the person is refused. {failed.Name}: {failed.Reason}.",
                new ErrorDetails { Service = session.Authority });
    }

    // Section 5.3.2: signed, it names its issuer and the client; how long it is good it need not say.
    private async Task<ValidationRules> RulesAsync(AuthSession session, DecryptionKeys? keys, ICallLog log, CancellationToken cancellationToken)
    {
        ServerMetadata? published = await endpoints.MetadataAsync(session.Service, log, cancellationToken).ConfigureAwait(false);
        return SignedByService.Rules(tester, session.Service, session.Request, published, "userinfo_signing_alg_values_supported", clock) with
        {
            Use = TokenUse.Message,
            IsExpiryOptional = true,
            Decryption = keys,
        };
    }

    private static AuthUser UserOf(AuthSession session, Answer answer)
    {
        IReadOnlyDictionary<string, object?> claims = answer.Claims;
        if (ClaimText.One(claims, "sub") is not { Length: > 0 } subject)
        {
            throw Malformed(session, "claims without a subject (sub)");
        }

        bool isCompared = session.Token?.Tokens is { IsIdTokenVerified: true };
        if (isCompared && !string.Equals(subject, IdTokenSubject(session), StringComparison.Ordinal))
        {
            throw AuthError.Create(
                AuthErrorId.ClaimMismatch,
                $"{session.Authority} speaks of another person than the ID token of the session does (sub); nothing of it is used.",
                new ErrorDetails { Service = session.Authority });
        }

        return new AuthUser(subject, claims)
        {
            Name = ClaimText.One(claims, "name"),
            UserName = ClaimText.One(claims, "preferred_username"),
            Email = ClaimText.One(claims, "email"),
            IsEmailVerified = claims.TryGetValue("email_verified", out object? verified) ? verified as bool? : null,
            IsSubjectCompared = isCompared,
            IsSigned = answer.IsSigned,
            IsEncrypted = answer.IsEncrypted,
            Authority = session.Authority,
        };
    }

    private static string? IdTokenSubject(AuthSession session) =>
        session.Token!.Tokens.IdToken is { } idToken && JwtDecoder.TryReadClaims(idToken.Reveal()) is { } claims ? ClaimText.One(claims, "sub") : session.Subject;

    private static Dictionary<string, object?> Read(AuthSession session, byte[] json) =>
        StrictJson.FaultOf(json, JsonReply.MaxLevels) is { } unfit ? throw Malformed(session, unfit)
        : PlainValues.TryReadObject(json, out string fault) ?? throw Malformed(session, $"JSON that {fault}");

    private static AuthException Malformed(AuthSession session, string what) => AuthError.Create(
        AuthErrorId.MalformedResponse,
        $"{session.Authority} answered who the person is with {what}.",
        new ErrorDetails { Service = session.Authority });

    private sealed record Answer(IReadOnlyDictionary<string, object?> Claims, bool IsSigned, bool IsEncrypted);
}
