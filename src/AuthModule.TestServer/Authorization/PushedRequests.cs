using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using AuthModule.Issuing;
using AuthModule.TestServer.Clients;
using AuthModule.TestServer.Hosting;
using AuthModule.Text;

namespace AuthModule.TestServer.Authorization;

/// <summary>Authorization requests that clients sent ahead (RFC 9126): each is used once, within a minute, by its client.</summary>
internal sealed class PushedRequests(TimeProvider clock)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(1);

    private const string Prefix = "urn:ietf:params:oauth:request_uri:";

    private readonly ConcurrentDictionary<string, (AuthorizationParameters Request, DateTimeOffset Until)> requests = new(StringComparer.Ordinal);

    public string Add(AuthorizationParameters request)
    {
        DateTimeOffset now = clock.GetUtcNow();
        foreach (KeyValuePair<string, (AuthorizationParameters, DateTimeOffset Until)> old in requests.Where(pair => pair.Value.Until <= now))
        {
            requests.TryRemove(old);
        }

        string uri = Prefix + RandomText.Base64Url(32);
        requests[TokenKey.Hash(uri)] = (request, now + Lifetime);
        return uri;
    }

    public AuthorizationParameters Take(string uri, ServerClient client) =>
        requests.TryRemove(TokenKey.Hash(uri), out (AuthorizationParameters Request, DateTimeOffset Until) found)
        && found.Until > clock.GetUtcNow()
        && found.Request.Client.Id == client.Id
            ? found.Request
            : throw OAuthRefusal.InvalidRequest("request_uri is unknown, used or has run out");
}
