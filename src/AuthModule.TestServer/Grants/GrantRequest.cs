using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Issuing;
using AuthModule.TestServer.Authorization;
using AuthModule.TestServer.Clients;
using AuthModule.TestServer.Hosting;
using AuthModule.TestServer.Tokens;
using AuthModule.TestServer.Users;

namespace AuthModule.TestServer.Grants;

/// <summary>A token request whose client is known.</summary>
internal sealed record GrantRequest(
    ServerState State,
    Realm Realm,
    string Issuer,
    ServerClient Client,
    OAuthForm Form,
    CancellationToken Canceled)
{
    /// <summary>The key that the tokens are bound to (RFC 9449); null for bearer tokens.</summary>
    public string? ProofThumbprint { get; init; }

    /// <summary>The certificate that they are bound to (RFC 8705); null for none.</summary>
    public string? CertificateThumbprint { get; init; }

    /// <summary>Further claims of the ID token.</summary>
    public Dictionary<string, object?> IdTokenClaims { get; } = [];

    /// <summary>Further members of the reply.</summary>
    public Dictionary<string, object?> ReplyMembers { get; } = [];

    /// <summary>A grant to the client for itself, as its realm adjusts it.</summary>
    public TokenGrant GrantToClient(IReadOnlyList<string> scopes)
    {
        AccessRequest requested = AccessRequest.Read(Form, State);
        return Realm.Adjust(Grant(Client.Id, scopes, requested.Resources, requested.Details), Form);
    }

    /// <summary>A grant to the client for a person, as its realm adjusts it.</summary>
    public TokenGrant GrantFor(ServerUser user, IReadOnlyList<string> scopes)
    {
        AccessRequest requested = AccessRequest.Read(Form, State);
        return GrantFor(new Permission(user, scopes, requested.Resources, requested.Details));
    }

    /// <summary>A grant to the client of what a person allowed, as its realm adjusts it.</summary>
    public TokenGrant GrantFor(Permission permission)
    {
        TokenGrant grant = Grant(permission.User.Name, permission.Scopes, permission.Resources, permission.Details);
        return Realm.Adjust(
            grant with
            {
                WithRefreshToken = Client.MayUse("refresh_token"),
                Claims = new Dictionary<string, object?>(grant.Claims) { ["groups"] = permission.User.Groups },
            },
            Form);
    }

    private TokenGrant Grant(string subject, IReadOnlyList<string> scopes, IReadOnlyList<string> resources, AuthorizationDetails details)
    {
        var claims = new Dictionary<string, object?>();
        if (TokenBinding.To(ProofThumbprint, CertificateThumbprint) is { } binding)
        {
            claims[TokenBinding.Claim] = binding;
        }

        if (!details.IsEmpty)
        {
            claims[AuthorizationDetails.Name] = details.Items;
        }

        return new TokenGrant
        {
            Subject = subject,
            Scopes = scopes,
            ClientId = Client.Id,
            Issuer = Issuer,
            Audience = resources.Count > 0 ? resources : [State.Options.Audience],
            Claims = claims,
            WithRefreshToken = false,
        };
    }
}

/// <summary>One way to get tokens. Refuses by <see cref="OAuthRefusal"/>.</summary>
internal delegate Task<IssuedTokens> GrantHandler(GrantRequest request);
