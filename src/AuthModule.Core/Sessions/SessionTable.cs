using System;
using System.Collections.Generic;
using System.Linq;

namespace AuthModule.Sessions;

/// <summary>The sessions of one runspace (or of one process of the command line), and which of them is the current one.</summary>
internal sealed class SessionTable(int mostSessions = SessionTable.MostSessions)
{
    // Far more than anybody works with; past it the oldest quarter is forgotten here, and who holds one of them can go on with it.
    public const int MostSessions = 200_000;

    private readonly object gate = new();
    private readonly Dictionary<SessionKey, AuthSession> byKey = [];
    private readonly Dictionary<string, AuthSession> byId = new(StringComparer.OrdinalIgnoreCase);
    private volatile AuthSession? current;

    /// <summary>The one most recently got; null where there is none.</summary>
    public AuthSession? Current => current;

    public IReadOnlyList<AuthSession> All
    {
        get
        {
            lock (gate)
            {
                return [.. byId.Values];
            }
        }
    }

    public AuthSession? Find(SessionKey key)
    {
        lock (gate)
        {
            return byKey.TryGetValue(key, out AuthSession? session) ? session : null;
        }
    }

    public AuthSession? Find(string id)
    {
        lock (gate)
        {
            return byId.TryGetValue(id, out AuthSession? session) ? session : null;
        }
    }

    /// <summary>The newest session of a service and client, where a call names these and brings no credential.</summary>
    public AuthSession? FindLike(Func<AuthSession, bool> fits)
    {
        lock (gate)
        {
            return current is { } now && fits(now) ? now : byId.Values.LastOrDefault(fits);
        }
    }

    /// <summary>Makes a session the current one, and one of this table where it came from another.</summary>
    public void SetCurrent(AuthSession session)
    {
        if (ReferenceEquals(current, session))
        {
            return;
        }

        lock (gate)
        {
            if (byId.Count >= mostSessions && !byId.ContainsKey(session.Id))
            {
                DropOldest();
            }

            byKey[session.Key] = session;
            byId[session.Id] = session;
            current = session;
        }
    }

    public bool Remove(AuthSession session)
    {
        lock (gate)
        {
            if (byKey.TryGetValue(session.Key, out AuthSession? known) && ReferenceEquals(known, session))
            {
                byKey.Remove(session.Key);
            }

            if (ReferenceEquals(current, session))
            {
                current = null;
            }

            return byId.Remove(session.Id);
        }
    }

    private void DropOldest()
    {
        foreach (AuthSession old in byId.Values.Take(Math.Max(1, mostSessions / 4)).ToArray())
        {
            byId.Remove(old.Id);
            if (byKey.TryGetValue(old.Key, out AuthSession? known) && ReferenceEquals(known, old))
            {
                byKey.Remove(old.Key);
            }
        }
    }
}
