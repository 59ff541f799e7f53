using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using AuthModule.Http;
using AuthModule.Jose.Tokens;
using AuthModule.Json;
using AuthModule.Operations;
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
    public static TokenSet Read(ReplyDocument document, ReplyDescription description, TokenReplyContext context)
    {
        WireReply reply = document.Reply;
        string accessToken = AccessToken(document, description, context) ?? throw JsonReply.Malformed(reply, WithoutToken(document));
        reply.Request.Scrubber.Add(accessToken);
        if (!accessToken.All(static c => c is >= ' ' and <= '~'))
        {
            throw JsonReply.Malformed(reply, "an access token that no header can carry (RFC 6749, appendix A.12)");
        }

        Secret? refreshToken = Secret.FromOptional(Token(document, description.RefreshToken, "a refresh token"));
        DecodedToken? access = JwtDecoder.TryDecode(accessToken, out _);
        DateTimeOffset now = context.Clock.GetUtcNow();
        DateTimeOffset serverNow = reply.ServerTime ?? now;
        TimeSpan lifetime = TokenLifetime.Read(document, description, access, context.RequestedLifetime, serverNow);
        if (lifetime > LongestLifetime && lifetime != TimeSpan.MaxValue)
        {
            lifetime = LongestLifetime;
        }

        return new TokenSet(context.Clock, reply.SentAt)
        {
            AccessToken = Secret.From(accessToken),
            RefreshToken = refreshToken ?? context.PreviousRefreshToken,
            RefreshLifetime = refreshToken is null ? null : TokenLifetime.ReadRefresh(document, description),
            IdToken = Secret.FromOptional(Token(document, description.IdToken, "an ID token")),
            TokenType = (description.KeepsToken ? context.PreviousTokenType : null)
                ?? TokenTypes.Find(document.FindText(description.TokenType), description.TokenTypes, context.IsExchange)
                ?? throw JsonReply.Malformed(reply, "a token of a type that is not known here (RFC 6749, section 7.1); it is not used"),
            Scopes = ReadScopes(document.FindText(description.Scope)) ?? context.RequestedScopes,
            Subject = context.PreviousSubject ?? document.FindText(description.Subject) ?? context.UserName ?? access?.Subject,
            IssuedOn = IssueTime(document, description, access, now) ?? now,
            ExpiresOn = lifetime == TimeSpan.MaxValue ? DateTimeOffset.MaxValue : now + lifetime,
            Lifetime = lifetime,
            SignInGrant = context.SignInGrant,
            Skew = reply.ServerTime is null ? null : serverNow - now,
            ProofKey = context.ProofKey,
            Kept = KeptValues.Merge(context.Kept, ReplyKeeper.Read(document, description.Keep)),
        };
    }

    private static string? AccessToken(ReplyDocument document, ReplyDescription description, TokenReplyContext context) =>
        description.KeepsToken ? context.PreviousToken?.Reveal()
        : LooksInto(document, description.AccessToken) ? Token(document, description.AccessToken, "an access token")
        : null;

    // A list is a reply only where the description says which of its items.
    private static bool LooksInto(ReplyDocument document, ReplyPlaces places) =>
        document.Root is not { ValueKind: JsonValueKind.Array }
        || places.Paths.Any(static path => path.Part != ReplyPart.Member || path.Steps[0].Index is not null || path.Steps[0].Value is not null);

    private static string? Bounded(WireReply reply, string? text, string what) => text is { Length: > Secret.MaxCharacters }
        ? throw JsonReply.Malformed(reply, FormattableString.Invariant($"{what} of {text.Length} characters, more than the {Secret.MaxCharacters} that one may have"))
        : text;

    private static string WithoutToken(ReplyDocument document)
    {
        string fault = document.Root is { } root ? JsonReply.FaultOf(root, allowList: false) : document.Fault;
        return fault.Length > 0 ? fault : "a JSON object that holds no access token";
    }

    // What a service says of this is shown and nothing else: a time that cannot be is as good as none.
    private static DateTimeOffset? IssueTime(ReplyDocument document, ReplyDescription description, DecodedToken? access, DateTimeOffset now)
    {
        DateTimeOffset? said = document.Find(description.IssuedAt) is { } value && JsonPath.Scalar(value) is { } text ? LifetimeText.PointInTime(text, TimeUnit.Auto) : null;
        return CanBe(said) ? said : CanBe(access?.IssuedOn) ? access!.IssuedOn : null;

        bool CanBe(DateTimeOffset? time) => now - time is { } ago && ago >= -UsualSkew && ago <= LongestLifetime;
    }

    // A number or a list is no token, whatever it looks like as a text.
    private static string? Token(ReplyDocument document, ReplyPlaces places, string what) =>
        document.Find(places) switch
        {
            null => null,
            { ValueKind: JsonValueKind.String } text => Bounded(document.Reply, text.GetString(), what) is { Length: > 0 } token ? token : null,

            // Where the body itself is the token, a number is what it looks like.
            { ValueKind: JsonValueKind.Number } number when places.Paths.Any(static path => path.Part == ReplyPart.Root) => number.GetRawText(),
            _ => throw JsonReply.Malformed(document.Reply, $"{what} that is no text"),
        };

    private static string[]? ReadScopes(string? scopes) => scopes?.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries);
}

/// <summary>What is known when a reply is read, besides the reply.</summary>
internal sealed record TokenReplyContext(TimeProvider Clock, string SignInGrant)
{
    public IReadOnlyList<string> RequestedScopes { get; init; } = [];

    /// <summary>Kept where the reply brings no new one (RFC 6749, section 6).</summary>
    public Secret? PreviousRefreshToken { get; init; }

    /// <summary>Kept where a renewal's reply brings no token by its description.</summary>
    public Secret? PreviousToken { get; init; }

    /// <summary>Of that token.</summary>
    public string? PreviousTokenType { get; init; }

    /// <summary>Of the tokens that are renewed: a renewal changes nobody into somebody else.</summary>
    public string? PreviousSubject { get; init; }

    /// <summary>Who signed in by name and password; null for other grants.</summary>
    public string? UserName { get; init; }

    public bool IsExchange { get; init; }

    /// <summary>What earlier replies brought that stays.</summary>
    public IReadOnlyList<KeptValue> Kept { get; init; } = [];

    /// <summary>The key that the tokens are bound to; null for bearer tokens.</summary>
    public Secret? ProofKey { get; init; }

    /// <summary>The lifetime that was asked for, where the service takes such wishes.</summary>
    public TimeSpan? RequestedLifetime { get; init; }
}
