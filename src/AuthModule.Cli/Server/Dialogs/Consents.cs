using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;

namespace AuthModule.Cli.Server.Dialogs;

/// <summary>What people have allowed to clients, so that they are asked once.</summary>
internal sealed class Consents
{
    private readonly ConcurrentDictionary<(string User, string Client, string What), bool> given = new();

    public void Remember(ServerUser user, ServerClient client, Wish wish)
    {
        foreach (string what in Parts(user, client, wish))
        {
            given[(user.Name, client.Id, what)] = true;
        }
    }

    /// <summary>Details differ each time: they are always asked about.</summary>
    public bool Covers(ServerUser user, ServerClient client, Wish wish) =>
        wish.Details.IsEmpty && Parts(user, client, wish).All(what => given.ContainsKey((user.Name, client.Id, what)));

    private static IEnumerable<string> Parts(ServerUser user, ServerClient client, Wish wish) =>
        ["client", .. wish.ScopesFor(client, user).Select(static scope => "scope " + scope), .. wish.Resources.Select(static resource => "resource " + resource)];
}
