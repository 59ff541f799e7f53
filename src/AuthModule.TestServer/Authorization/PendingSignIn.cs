using System;
using AuthModule.TestServer.Clients;
using AuthModule.TestServer.Hosting;
using AuthModule.TestServer.Users;
using AuthModule.Text;

namespace AuthModule.TestServer.Authorization;

/// <summary>One sign-in that waits for a person.</summary>
internal sealed class PendingSignIn(ServerClient client, AccessRequest requested, DateTimeOffset until, TimeSpan interval)
{
    // RFC 8628, section 3.5.
    private static readonly TimeSpan Slower = TimeSpan.FromSeconds(5);

    private readonly object gate = new();
    private TimeSpan interval = interval;
    private DateTimeOffset? lastAsked;
    private Permission? permission;
    private bool isDecided;

    public ServerClient Client { get; } = client;

    public AccessRequest Requested { get; } = requested;

    public DateTimeOffset Until { get; } = until;

    /// <summary>What the person types; null where the server asks the person by itself.</summary>
    public string? UserCode { get; init; }

    /// <summary>Who is asked; null where it is whoever has the code.</summary>
    public ServerUser? Person { get; init; }

    /// <summary>What both sides show, so that the person can compare; null where there is nothing.</summary>
    public string? BindingMessage { get; init; }

    /// <summary>Names it on pages; the client does not know it.</summary>
    public string Number { get; } = RandomText.Base64Url(12);

    public bool IsOpen(DateTimeOffset now)
    {
        lock (gate)
        {
            return !isDecided && now < Until;
        }
    }

    /// <param name="allowed">Null refuses.</param>
    /// <param name="now">The time of the answer.</param>
    /// <returns>False where it was answered before or its time is over.</returns>
    public bool TryDecide(Permission? allowed, DateTimeOffset now)
    {
        lock (gate)
        {
            if (isDecided || now >= Until)
            {
                return false;
            }

            isDecided = true;
            permission = allowed;
            return true;
        }
    }

    /// <summary>The client asks.</summary>
    /// <exception cref="OAuthRefusal">No permission yet, or none at all.</exception>
    public Permission Ask(DateTimeOffset now)
    {
        lock (gate)
        {
            if (isDecided)
            {
                return permission ?? throw new OAuthRefusal("access_denied", "the person refused");
            }

            if (now >= Until)
            {
                throw new OAuthRefusal("expired_token", "nobody answered in time");
            }

            bool isHurried = now - lastAsked < interval;
            lastAsked = now;
            if (isHurried)
            {
                interval += Slower;
                throw new OAuthRefusal("slow_down", "the client asks more often than it was told to");
            }

            throw new OAuthRefusal("authorization_pending", "the person has not answered yet");
        }
    }
}
