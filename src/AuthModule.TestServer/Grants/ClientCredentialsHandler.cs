using System.Threading.Tasks;
using AuthModule.Issuing;
using AuthModule.TestServer.Hosting;

namespace AuthModule.TestServer.Grants;

/// <summary>A client for itself (RFC 6749, section 4.4): without a refresh token.</summary>
internal static class ClientCredentialsHandler
{
    public static Task<IssuedTokens> HandleAsync(GrantRequest request)
    {
        if (request.Client.IsPublic)
        {
            throw new OAuthRefusal("unauthorized_client", "a public client has no credentials of its own");
        }

        return request.State.Issuer.IssueAsync(request.GrantToClient(ScopeChoice.For(request)), request.Canceled);
    }
}
