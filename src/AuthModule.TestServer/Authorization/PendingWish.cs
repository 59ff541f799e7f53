using System.Linq;
using AuthModule.TestServer.Clients;
using AuthModule.TestServer.Hosting;

namespace AuthModule.TestServer.Authorization;

/// <summary>What a client asks for at the beginning of a sign-in that a person answers elsewhere.</summary>
internal static class PendingAccess
{
    /// <exception cref="OAuthRefusal">invalid_scope, invalid_target, invalid_authorization_details.</exception>
    public static AccessRequest Read(OAuthForm form, ServerClient client, ServerState state) =>
        form.Scopes?.FirstOrDefault(scope => !client.Scopes.Contains(scope)) is { } refused
            ? throw OAuthRefusal.InvalidScope($"the scope {refused} is not allowed")
            : AccessRequest.Read(form, state);

    /// <summary>Where the server was told to answer for a person, it does.</summary>
    public static void ApproveIfTold(PendingSignIn pending, ServerState state)
    {
        if (state.Users.Find(state.Options.AutoApproveAs) is { } user && (pending.Person ?? user).Name == user.Name)
        {
            pending.TryDecide(pending.Requested.AllowedBy(pending.Client, user), state.Now);
        }
    }
}
