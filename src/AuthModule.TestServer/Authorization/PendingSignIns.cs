using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using AuthModule.Issuing;
using AuthModule.TestServer.Clients;
using AuthModule.TestServer.Hosting;
using AuthModule.TestServer.Users;
using AuthModule.Text;

namespace AuthModule.TestServer.Authorization;

/// <summary>Sign-ins that a client waits for while a person answers elsewhere: of devices (RFC 8628) and by CIBA.</summary>
internal sealed class PendingSignIns(TimeProvider clock)
{
    // How long a client is still told that its time is over, and not that it is unknown.
    private static readonly TimeSpan Remembered = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<string, PendingSignIn> byCode = new(StringComparer.Ordinal);

    /// <summary>The code that the client asks with.</summary>
    public string Add(PendingSignIn pending)
    {
        foreach (KeyValuePair<string, PendingSignIn> old in byCode.Where(pair => pair.Value.Until + Remembered <= clock.GetUtcNow()))
        {
            byCode.TryRemove(old);
        }

        string code = RandomText.Base64Url(32);
        byCode[TokenKey.Hash(code)] = pending;
        return code;
    }

    /// <summary>As a person types it: case, spaces and dashes do not count. Null where nobody waits for an answer to it.</summary>
    public PendingSignIn? FindByUserCode(string typed)
    {
        string code = UserCode.Plain(typed);
        return Open().FirstOrDefault(pending => pending.UserCode is { } known && UserCode.Plain(known) == code);
    }

    /// <summary>Those that wait for one person, oldest first.</summary>
    public IReadOnlyList<PendingSignIn> Of(ServerUser user) =>
        [.. Open().Where(pending => pending.Person?.Name == user.Name).OrderBy(static pending => pending.Until)];

    /// <summary>What the person allowed; works once.</summary>
    /// <exception cref="OAuthRefusal">authorization_pending, slow_down, access_denied, expired_token, invalid_grant.</exception>
    public Permission Redeem(string code, ServerClient client)
    {
        string key = TokenKey.Hash(code);
        if (!byCode.TryGetValue(key, out PendingSignIn? pending) || pending.Client.Id != client.Id)
        {
            throw OAuthRefusal.InvalidGrant("the code is unknown, used or of another client");
        }

        if (pending.Ask(clock.GetUtcNow()) is { } permission && byCode.TryRemove(new KeyValuePair<string, PendingSignIn>(key, pending)))
        {
            return permission;
        }

        throw OAuthRefusal.InvalidGrant("the code was used");
    }

    private IEnumerable<PendingSignIn> Open() => byCode.Values.Where(pending => pending.IsOpen(clock.GetUtcNow()));
}
