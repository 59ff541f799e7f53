using System.Collections.Generic;
using System.Threading.Tasks;
using AuthModule.Issuing;

namespace AuthModule.Cli.Server.Grants;

/// <summary>A person's name and password (RFC 6749, section 4.3).</summary>
internal static class PasswordGrant
{
    public static Task<IssuedTokens> HandleAsync(GrantRequest request)
    {
        string name = request.Form.Require("username");
        string password = request.Form.Require("password");
        switch (request.State.Users.SignIn(name, password, out ServerUser? user))
        {
            case SignInResult.Locked:
                throw OAuthRefusal.InvalidGrant("Account is temporarily locked");
            case SignInResult.WrongPassword:
                throw OAuthRefusal.InvalidGrant("Invalid user credentials");
        }

        TokenGrant grant = request.GrantTo(user!.Name, ScopeChoice.For(request, user), refresh: true) with
        {
            Claims = new Dictionary<string, object?> { ["groups"] = user.Groups },
        };
        return request.State.Issuer.IssueAsync(grant, request.Canceled);
    }
}
