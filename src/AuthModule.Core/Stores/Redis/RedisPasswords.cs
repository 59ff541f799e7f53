using System;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Errors;
using AuthModule.Secrets;

namespace AuthModule.Stores.Redis;

/// <summary>
/// The password of a Redis that takes access tokens: that of a profile, kept and renewed as the tokens of every session are. It is
/// asked for before each command, so the connection says who it is again as soon as there is a newer one.
/// </summary>
internal sealed class RedisPasswords(string profile, string store, Func<string, bool, CancellationToken, Task<Secret>>? tokens)
{
    /// <param name="mustBeNew">The last one was refused.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="AuthException">InvalidProfile, and what getting a token fails with.</exception>
    public Task<Secret> GetAsync(bool mustBeNew, CancellationToken cancellationToken) => tokens is null
        ? throw AuthError.Create(AuthErrorId.InvalidUrl, $"Store {store} takes its password from profile '{profile}', and here are no profiles.", "Put the password into REDIS_PASSWORD.")
        : tokens(profile, mustBeNew, cancellationToken);
}
