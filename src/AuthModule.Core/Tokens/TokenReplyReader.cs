using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using AuthModule.Http;
using AuthModule.Jose.Tokens;
using AuthModule.Json;
using AuthModule.Providers;
using AuthModule.Secrets;

namespace AuthModule.Tokens;

/// <summary>Reads a token reply by its description: RFC 6749, section 5.1, or whatever the service has in its place.</summary>
internal static class TokenReplyReader
{
    // Longer than any token lives; what claims more is a mistake or an attack on arithmetic.
    private static readonly TimeSpan LongestLifetime = TimeSpan.FromDays(10 * 365);

    // As far as clocks are apart that nobody has to mend.
    private static readonly TimeSpan UsualSkew = TimeSpan.FromMinutes(1);

    /// <exception cref="AuthServiceException">MalformedResponse.</exception>
    public static TokenSet Read(WireReply reply, JsonElement json, ReplyDescription description, TokenReplyContext context)
    {
        string accessToken = JsonPath.Text(json, description.AccessToken) is { Length: > 0 } found
            ? found
            : throw JsonReply.Malformed(reply, "a JSON object that holds no access token");
        reply.Request.Scrubber.Add(accessToken);
        if (!accessToken.All(static c => c is >= ' ' and <= '~'))
        {
            throw JsonReply.Malformed(reply, "an access token that no header can carry (RFC 6749, appendix A.12)");
        }

        Secret? refreshToken = Secret.FromOptional(JsonPath.Text(json, description.RefreshToken));
        string? idToken = JsonPath.Text(json, description.IdToken);
        DecodedToken? access = JwtDecoder.TryDecode(accessToken, out _);
        DecodedToken? identity = idToken is { Length: > 0 } ? JwtDecoder.TryDecode(idToken, out _) : null;
        DateTimeOffset now = context.Clock.GetUtcNow();
        DateTimeOffset serverNow = reply.ServerTime ?? now;
        TimeSpan lifetime = TokenLifetime.Read(reply, json, description, access, context.RequestedLifetime, serverNow);
        if (lifetime > LongestLifetime)
        {
            lifetime = LongestLifetime;
        }

        return new TokenSet(context.Clock, reply.SentAt)
        {
            AccessToken = Secret.From(accessToken),
            RefreshToken = refreshToken ?? context.PreviousRefreshToken,
            RefreshLifetime = refreshToken is null ? null : TokenLifetime.ReadRefresh(json, description),
            IdToken = Secret.FromOptional(idToken),
            TokenType = ReadTokenType(reply, JsonPath.Text(json, description.TokenType)),
            Scopes = ReadScopes(JsonPath.Text(json, description.Scope)) ?? context.RequestedScopes,
            Subject = JsonPath.Text(json, description.Subject) ?? identity?.Subject ?? access?.Subject ?? context.UserName,
            IssuedOn = IssueTime(json, description, access, now) ?? now,
            ExpiresOn = now + lifetime,
            Lifetime = lifetime,
            SignInGrant = context.SignInGrant,
            Skew = reply.ServerTime is null ? null : serverNow - now,
            ProofKey = context.ProofKey,
        };
    }

    // What a service says of this is shown and nothing else: a time that cannot be is as good as none.
    private static DateTimeOffset? IssueTime(JsonElement json, ReplyDescription description, DecodedToken? access, DateTimeOffset now)
    {
        DateTimeOffset? said = JsonPath.Find(json, description.IssuedAt) is { } value ? TokenLifetime.PointInTime(value, TimeUnit.Auto) : null;
        return CanBe(said) ? said : CanBe(access?.IssuedOn) ? access!.IssuedOn : null;

        bool CanBe(DateTimeOffset? time) => now - time is { } ago && ago >= -UsualSkew && ago <= LongestLifetime;
    }

    // RFC 6749, section 7.1: the type is compared without regard to case; headers are written as everyone writes them.
    private static string ReadTokenType(WireReply reply, string? type) =>
        string.IsNullOrEmpty(type) || string.Equals(type, "bearer", StringComparison.OrdinalIgnoreCase) ? "Bearer"
        : string.Equals(type, "dpop", StringComparison.OrdinalIgnoreCase) ? "DPoP"
        : type!.All(static c => c is > ' ' and <= '~') ? type!
        : throw JsonReply.Malformed(reply, "a token type that no header can carry (RFC 6749, appendix A.13)");

    private static string[]? ReadScopes(string? scopes) => scopes?.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries);
}

/// <summary>What is known when a reply is read, besides the reply.</summary>
internal sealed record TokenReplyContext(TimeProvider Clock, string SignInGrant)
{
    public IReadOnlyList<string> RequestedScopes { get; init; } = [];

    /// <summary>Kept where the reply brings no new one (RFC 6749, section 6).</summary>
    public Secret? PreviousRefreshToken { get; init; }

    public string? UserName { get; init; }

    /// <summary>The key that the tokens are bound to; null for bearer tokens.</summary>
    public Secret? ProofKey { get; init; }

    /// <summary>The lifetime that was asked for, where the service takes such wishes.</summary>
    public TimeSpan? RequestedLifetime { get; init; }
}
