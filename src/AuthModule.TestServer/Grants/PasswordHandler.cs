using System.Threading.Tasks;
using AuthModule.Issuing;
using AuthModule.TestServer.Hosting;
using AuthModule.TestServer.Users;

namespace AuthModule.TestServer.Grants;

/// <summary>A person's name and password (RFC 6749, section 4.3).</summary>
internal static class PasswordHandler
{
    public static Task<IssuedTokens> HandleAsync(GrantRequest request)
    {
        string name = request.Form.Require("username");
        string password = request.Form.Require("password");
        switch (request.State.Users.SignIn(name, password, out ServerUser? user))
        {
            case SignInResult.Locked:
                throw new OAuthRefusal("invalid_grant", "Account is temporarily locked", request.Realm.WrongPasswordStatus);
            case SignInResult.WrongPassword:
                throw new OAuthRefusal("invalid_grant", "Invalid user credentials", request.Realm.WrongPasswordStatus);
        }

        return request.State.Issuer.IssueAsync(request.GrantFor(user!, ScopeChoice.For(request, user)), request.Canceled);
    }
}
