using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Issuing;

namespace AuthModule.Cli.Server.Grants;

/// <summary>A token request whose client is known.</summary>
internal sealed record GrantRequest(
    ServerState State,
    Realm Realm,
    string Issuer,
    ServerClient Client,
    OAuthForm Form,
    CancellationToken Canceled)
{
    /// <summary>Further claims of the ID token.</summary>
    public Dictionary<string, object?> IdTokenClaims { get; } = [];

    /// <summary>A grant to the client for itself, as its realm adjusts it.</summary>
    public TokenGrant GrantToClient(IReadOnlyList<string> scopes) => Realm.Adjust(Grant(Client.Id, scopes), Form);

    /// <summary>A grant to the client for a person, as its realm adjusts it.</summary>
    public TokenGrant GrantFor(ServerUser user, IReadOnlyList<string> scopes) => Realm.Adjust(
        Grant(user.Name, scopes) with
        {
            WithRefreshToken = Client.MayUse("refresh_token"),
            Claims = new Dictionary<string, object?> { ["groups"] = user.Groups },
        },
        Form);

    private TokenGrant Grant(string subject, IReadOnlyList<string> scopes) => new()
    {
        Subject = subject,
        Scopes = scopes,
        ClientId = Client.Id,
        Issuer = Issuer,
        Audience = [State.Options.Audience],
        WithRefreshToken = false,
    };
}

/// <summary>One way to get tokens. Refuses by <see cref="OAuthRefusal"/>.</summary>
internal delegate Task<IssuedTokens> GrantHandler(GrantRequest request);
