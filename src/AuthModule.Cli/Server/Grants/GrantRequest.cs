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
    /// <summary>A grant to this client at this issuer, as its realm adjusts it.</summary>
    public TokenGrant GrantTo(string subject, System.Collections.Generic.IReadOnlyList<string> scopes, bool refresh) => Realm.Adjust(
        new TokenGrant
        {
            Subject = subject,
            Scopes = scopes,
            ClientId = Client.Id,
            Issuer = Issuer,
            Audience = [State.Options.Audience],
            WithRefreshToken = refresh && Client.MayUse("refresh_token"),
        },
        Form);
}

/// <summary>One way to get tokens. Refuses by <see cref="OAuthRefusal"/>.</summary>
internal delegate Task<IssuedTokens> GrantHandler(GrantRequest request);
