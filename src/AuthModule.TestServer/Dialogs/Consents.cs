using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using AuthModule.TestServer.Authorization;
using AuthModule.TestServer.Clients;
using AuthModule.TestServer.Users;

namespace AuthModule.TestServer.Dialogs;

/// <summary>What people have allowed to clients, so that they are asked once.</summary>
internal sealed class Consents
{
    private readonly ConcurrentDictionary<(string User, string Client, string What), bool> given = new();

    public void Remember(ServerUser user, ServerClient client, AccessRequest requested)
    {
        foreach (string what in Parts(user, client, requested))
        {
            given[(user.Name, client.Id, what)] = true;
        }
    }

    /// <summary>Details differ each time: they are always asked about.</summary>
    public bool Covers(ServerUser user, ServerClient client, AccessRequest requested) =>
        requested.Details.IsEmpty && Parts(user, client, requested).All(what => given.ContainsKey((user.Name, client.Id, what)));

    private static IEnumerable<string> Parts(ServerUser user, ServerClient client, AccessRequest requested) =>
        ["client", .. requested.ScopesFor(client, user).Select(static scope => "scope " + scope), .. requested.Resources.Select(static resource => "resource " + resource)];
}
