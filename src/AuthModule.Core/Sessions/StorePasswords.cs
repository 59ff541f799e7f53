using System;
using System.Collections.Concurrent;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Requests;
using AuthModule.Secrets;
using AuthModule.Stores;
using AuthModule.Telemetry;

namespace AuthModule.Sessions;

/// <summary>
/// Access tokens of profiles for stores that take one as their password. Their sessions are in the memory of this process, whatever
/// the profile says, as the store cannot be asked for what opens it; nobody else's table has them.
/// </summary>
internal sealed class StorePasswords(AuthEngine engine)
{
    private readonly SessionTable table = new();
    private readonly ConcurrentDictionary<string, AuthSession> sessions = new(StringComparer.Ordinal);

    /// <param name="profile">Its name.</param>
    /// <param name="mustBeNew">The last token was refused.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="AuthException">InvalidProfile, and what signing in by it fails with.</exception>
    public async Task<Secret> GetAsync(string profile, bool mustBeNew, CancellationToken cancellationToken)
    {
        if (!mustBeNew && sessions.TryGetValue(profile, out AuthSession? known))
        {
            try
            {
                return (await engine.GetTokenAsync(known, TokenRequirement.Default, NoLog.Instance, cancellationToken).ConfigureAwait(false)).Tokens.AccessToken;
            }
            catch (AuthException failure) when (failure.Code != AuthErrorId.Canceled && !failure.IsTransient)
            {
                // The profile may say something else by now.
            }
        }

        var request = new TokenRequest { Profile = profile, Store = StoreCatalog.Memory, IsNonInteractive = true };
        AuthSession session = await engine.OpenAsync(table, request, NoLog.Instance, cancellationToken).ConfigureAwait(false);
        AuthToken token = await engine.GetTokenAsync(
            table, session, mustBeNew ? TokenRequirement.Now : TokenRequirement.Default, NoLog.Instance, cancellationToken).ConfigureAwait(false);
        sessions[profile] = session;
        return token.Tokens.AccessToken;
    }
}
