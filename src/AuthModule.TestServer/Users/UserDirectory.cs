using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using AuthModule.Secrets;
using AuthModule.TestServer.Hosting;
using AuthModule.Text;

namespace AuthModule.TestServer.Users;

internal enum SignInResult
{
    Accepted,
    WrongPassword,
    Locked,
}

/// <summary>Checks passwords and locks an account after too many wrong ones in a row.</summary>
internal sealed class UserDirectory(EmbeddedServerOptions options)
{
    // Compared against for unknown names, so that they take as long as known ones.
    private static readonly Secret Nobody = Secret.From(RandomText.Base64Url(12));

    private readonly Dictionary<string, ServerUser> users =
        options.Users.ToDictionary(static user => user.Name, StringComparer.OrdinalIgnoreCase);

    private readonly ConcurrentDictionary<string, Attempts> attempts = new(StringComparer.OrdinalIgnoreCase);

    public ServerUser? Find(string? nameOrEmail) =>
        nameOrEmail is null ? null
        : users.GetValueOrDefault(nameOrEmail)
            ?? users.Values.FirstOrDefault(user => user.Email.Equals(nameOrEmail, StringComparison.OrdinalIgnoreCase));

    public SignInResult SignIn(string name, string password, out ServerUser? user)
    {
        ServerUser? known = Find(name);
        user = null;
        bool right = (known?.Password ?? Nobody).Matches(Secret.From(password)) && known is not null;
        if (known is null)
        {
            return SignInResult.WrongPassword;
        }

        Attempts mine = attempts.GetOrAdd(known.Name, static _ => new Attempts());
        lock (mine)
        {
            DateTimeOffset now = options.Clock.GetUtcNow();
            if (mine.LockedUntil > now)
            {
                return SignInResult.Locked;
            }

            if (right)
            {
                mine.Failed = 0;
                user = known;
                return SignInResult.Accepted;
            }

            if (++mine.Failed >= options.LockoutThreshold)
            {
                mine.Failed = 0;
                mine.LockedUntil = now + options.LockoutDuration;
            }

            return SignInResult.WrongPassword;
        }
    }

    private sealed class Attempts
    {
        public int Failed { get; set; }

        public DateTimeOffset LockedUntil { get; set; }
    }
}
