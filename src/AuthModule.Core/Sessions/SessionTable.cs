using System;
using System.Collections.Generic;
using System.Linq;
using AuthModule.Text;

namespace AuthModule.Sessions;

/// <summary>The sessions of one runspace (or of one process of the command line), and which of them is the current one.</summary>
internal sealed class SessionTable(int maxSessions = SessionTable.MaxSessions)
{
    // Far more than anybody works with; past it the oldest quarter is forgotten here, and who holds one of them can go on with it.
    public const int MaxSessions = 200_000;

    private readonly object gate = new();
    private readonly Dictionary<SessionKey, AuthSession> byKey = [];
    private readonly Dictionary<string, Entry> byId = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<(string Provider, string Authority), LinkedList<AuthSession>> byService = [];
    private volatile AuthSession? current;

    /// <summary>Tells this table from the others of the process.</summary>
    public string Id { get; } = RandomText.Base64Url(9);

    /// <summary>The one most recently got; null where there is none.</summary>
    public AuthSession? Current => current;

    public IReadOnlyList<AuthSession> All
    {
        get
        {
            lock (gate)
            {
                return [.. byId.Values.Select(entry => entry.Session)];
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
            return byId.TryGetValue(id, out Entry entry) ? entry.Session : null;
        }
    }

    /// <summary>A session of a service that fits, where a call names it and brings no credential: the current one, else the newest.</summary>
    public AuthSession? FindLike(string provider, string authority, Func<AuthSession, bool> fits)
    {
        lock (gate)
        {
            if (current is { } now && now.Provider == provider && now.Authority == authority && fits(now))
            {
                return now;
            }

            LinkedListNode<AuthSession>? node = byService.GetValueOrDefault((provider, authority))?.Last;
            while (node is not null && !fits(node.Value))
            {
                node = node.Previous;
            }

            return node?.Value;
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
            if (byId.Count >= maxSessions && !byId.ContainsKey(session.Id))
            {
                DropOldest();
            }

            byKey[session.Key] = session;
            if (!byId.ContainsKey(session.Id))
            {
                byId[session.Id] = new Entry(session, ListOf(session).AddLast(session));
            }

            current = session;
        }
    }

    public bool Remove(AuthSession session)
    {
        lock (gate)
        {
            if (ReferenceEquals(current, session))
            {
                current = null;
            }

            return Drop(session);
        }
    }

    private void DropOldest()
    {
        foreach (AuthSession old in byId.Values.Take(Math.Max(1, maxSessions / 4)).Select(entry => entry.Session).ToArray())
        {
            Drop(old);
        }
    }

    private bool Drop(AuthSession session)
    {
        if (byKey.TryGetValue(session.Key, out AuthSession? known) && ReferenceEquals(known, session))
        {
            byKey.Remove(session.Key);
        }

        if (!byId.TryGetValue(session.Id, out Entry entry))
        {
            return false;
        }

        byId.Remove(session.Id);
        LinkedList<AuthSession> siblings = entry.Node.List!;
        siblings.Remove(entry.Node);
        if (siblings.Count == 0)
        {
            byService.Remove((session.Provider, session.Authority));
        }

        return true;
    }

    private LinkedList<AuthSession> ListOf(AuthSession session)
    {
        (string, string) service = (session.Provider, session.Authority);
        if (!byService.TryGetValue(service, out LinkedList<AuthSession>? sessions))
        {
            byService.Add(service, sessions = new LinkedList<AuthSession>());
        }

        return sessions;
    }

    // With its place among the sessions of its service, so that it leaves them without a search.
    private readonly record struct Entry(AuthSession Session, LinkedListNode<AuthSession> Node);
}
