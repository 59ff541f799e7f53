using System;
using System.Threading;
using AuthModule.Requests;

namespace AuthModule.Sessions;

/// <summary>
/// What a call read to open its session serves the sign-in of this same call, so that a vault is not asked twice for one token.
/// Once, and at once: every later acquisition reads again.
/// </summary>
internal sealed class JustReadSecrets(TokenRequest request, TimeProvider clock)
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    private readonly long readAt = clock.GetTimestamp();
    private TokenRequest? unused = request;

    public TokenRequest? Take() => Interlocked.Exchange(ref unused, null) is { } read && clock.GetElapsedTime(readAt) < Longest ? read : null;
}
