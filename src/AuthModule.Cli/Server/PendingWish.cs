using System.Linq;

namespace AuthModule.Cli.Server;

/// <summary>What a client asks for at the beginning of a sign-in that a person answers elsewhere.</summary>
internal static class PendingWish
{
    /// <exception cref="OAuthRefusal">invalid_scope, invalid_target, invalid_authorization_details.</exception>
    public static Wish Read(OAuthForm form, ServerClient client, ServerState state) =>
        form.Scopes?.FirstOrDefault(scope => !client.Scopes.Contains(scope)) is { } refused
            ? throw OAuthRefusal.InvalidScope($"the scope {refused} is not allowed")
            : Wish.Read(form, state);

    /// <summary>Where the server was told to answer for a person, it does.</summary>
    public static void ApproveIfTold(PendingSignIn pending, ServerState state)
    {
        if (state.Users.Find(state.Options.AutoApproveAs) is { } user && (pending.Person ?? user).Name == user.Name)
        {
            pending.TryDecide(pending.Wish.AllowedBy(pending.Client, user), state.Now);
        }
    }
}
