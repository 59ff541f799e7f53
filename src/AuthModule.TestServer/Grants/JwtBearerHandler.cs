using System;
using System.Linq;
using System.Threading.Tasks;
using AuthModule.Issuing;
using AuthModule.TestServer.Clients;
using AuthModule.TestServer.Hosting;
using AuthModule.TestServer.Tokens;
using AuthModule.TestServer.Users;
using Microsoft.AspNetCore.Http;

namespace AuthModule.TestServer.Grants;

/// <summary>
/// An assertion in place of a person's consent (RFC 7523, section 2.1). Who may sign one is a client whose keys are known: for
/// itself, or for a person of this server.
/// </summary>
internal static class JwtBearerHandler
{
    public const string Name = "urn:ietf:params:oauth:grant-type:jwt-bearer";

    private static readonly TimeSpan Skew = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan LongestLife = TimeSpan.FromHours(1);

    public static Task<IssuedTokens> HandleAsync(GrantRequest request)
    {
        SignedJwt assertion = SignedJwt.TryRead(request.Form.Require("assertion")) ?? throw OAuthRefusal.InvalidGrant("the assertion is no JWT");
        ServerClient? signer = request.State.FindClient(assertion.Claim("iss") ?? string.Empty);
        if (signer is null || !assertion.IsSignedBy(signer.Keys))
        {
            throw OAuthRefusal.InvalidGrant("the assertion is not signed by an issuer that is trusted");
        }

        CheckUse(request, assertion);
        string? subject = assertion.Claim("sub");
        if (subject == signer.Id && signer.Id == request.Client.Id)
        {
            return request.State.Issuer.IssueAsync(request.GrantToClient(ScopeChoice.For(request)), request.Canceled);
        }

        ServerUser user = request.State.Users.Find(subject) ?? throw OAuthRefusal.InvalidGrant("the subject of the assertion is not known");
        TokenGrant grant = request.GrantFor(user, ScopeChoice.For(request, user));
        return request.State.Issuer.IssueAsync(grant with { WithRefreshToken = false }, request.Canceled);
    }

    /// <summary>Where nobody is named as the client, the signer is it (RFC 7521, section 4.1); null where this is no such request. The signature is yet to be checked.</summary>
    public static ServerClient? SignerWithoutClient(HttpContext context, OAuthForm form, ServerState state) =>
        form["grant_type"] == Name && form["client_id"] is null && form["client_assertion"] is null && context.Request.Headers.Authorization.Count == 0
            ? state.FindClient(SignedJwt.TryRead(form["assertion"] ?? string.Empty)?.Claim("iss") ?? string.Empty)
                ?? throw OAuthRefusal.InvalidGrant("the assertion is not signed by an issuer that is trusted")
            : null;

    private static void CheckUse(GrantRequest request, SignedJwt assertion)
    {
        DateTimeOffset now = request.State.Now;
        if (assertion.Time("exp") is not { } until || until <= now - Skew || until > now + LongestLife || assertion.Time("nbf") > now + Skew)
        {
            throw OAuthRefusal.InvalidGrant("the assertion has run out, is not good yet, or is good for too long");
        }

        if (!assertion.Audience().Any(audience => audience == request.Issuer || audience == request.Issuer + request.Realm.Token))
        {
            throw OAuthRefusal.InvalidGrant("the assertion is for another server");
        }
    }
}
