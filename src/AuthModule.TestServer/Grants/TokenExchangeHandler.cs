using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using AuthModule.Issuing;
using AuthModule.TestServer.Hosting;

namespace AuthModule.TestServer.Grants;

/// <summary>An access token of this server for another one: of other APIs, of fewer scopes, with who acts for whom (RFC 8693).</summary>
internal static class TokenExchangeHandler
{
    public const string Name = "urn:ietf:params:oauth:grant-type:token-exchange";

    private const string AccessToken = "urn:ietf:params:oauth:token-type:access_token";
    private const string Jwt = "urn:ietf:params:oauth:token-type:jwt";

    public static async Task<IssuedTokens> HandleAsync(GrantRequest request)
    {
        OAuthForm form = request.Form;
        TokenRecord subject = await FindAsync(request, "subject_token", form.Require("subject_token_type"));
        TokenRecord? actor = form["actor_token"] is null ? null : await FindAsync(request, "actor_token", form.Require("actor_token_type"));
        if (actor is null && form["actor_token_type"] is not null)
        {
            throw OAuthRefusal.InvalidRequest("there is an actor_token_type without an actor_token");
        }

        if (form["requested_token_type"] is { } wanted and not (AccessToken or Jwt))
        {
            throw OAuthRefusal.InvalidRequest($"tokens of the type {wanted} are not issued here");
        }

        // Who signed in is told to whoever they signed in at, not to others.
        string[] allowed = [.. subject.Scopes.Where(scope => scope != "openid" && request.Client.Scopes.Contains(scope))];
        if (form.Scopes?.FirstOrDefault(scope => !allowed.Contains(scope)) is { } refused)
        {
            throw OAuthRefusal.InvalidScope($"the scope {refused} is not one of the subject token's and the client's");
        }

        TokenGrant grant = request.GrantToClient(form.Scopes ?? allowed);
        IReadOnlyList<string> audience = Targets(request);
        request.ReplyMembers["issued_token_type"] = form["requested_token_type"] ?? AccessToken;
        return await request.State.Issuer.IssueAsync(
            grant with
            {
                Subject = subject.Subject,
                Audience = audience.Count > 0 ? audience : grant.Audience,
                Claims = Claims(grant, subject, actor),
                Format = form["requested_token_type"] == Jwt ? TokenFormat.Jwt : grant.Format,
            },
            request.Canceled);
    }

    private static Dictionary<string, object?> Claims(TokenGrant grant, TokenRecord subject, TokenRecord? actor)
    {
        var claims = new Dictionary<string, object?>(grant.Claims);
        if (subject.Grant.Claims.GetValueOrDefault("groups") is { } groups)
        {
            claims["groups"] = groups;
        }

        if (actor is not null)
        {
            // Section 4.1: who acts, and for whom that one acted before.
            claims["act"] = new Dictionary<string, object?> { ["sub"] = actor.Subject, ["act"] = actor.Grant.Claims.GetValueOrDefault("act") };
        }

        return claims;
    }

    // Section 2.1: audience names by the server's words what resource names by address.
    private static string[] Targets(GrantRequest request)
    {
        string[] named = [.. request.Form.All("audience")];
        return named.All(name => name == request.State.Options.Audience || request.State.Options.Resources.Contains(name))
            ? [.. request.Form.All("resource").Concat(named).Distinct()]
            : throw new OAuthRefusal("invalid_target", "an audience is not one of this server's");
    }

    private static async Task<TokenRecord> FindAsync(GrantRequest request, string name, string type)
    {
        if (type is not (AccessToken or Jwt))
        {
            throw OAuthRefusal.InvalidRequest($"a {name} of the type {type} is not taken");
        }

        TokenStatus status = await request.State.Issuer.FindAsync(request.Form.Require(name), request.Canceled);
        return status is { IsActive: true, Record: { Type: TokenRecord.Access } record }
            ? record
            : throw OAuthRefusal.InvalidRequest($"the {name} is not valid");
    }
}
