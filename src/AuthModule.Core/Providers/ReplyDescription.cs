using System;
using System.Collections.Generic;

namespace AuthModule.Providers;

/// <summary>In what unit a service counts a time.</summary>
internal enum TimeUnit
{
    /// <summary>Seconds.</summary>
    Seconds,

    /// <summary>Milliseconds.</summary>
    Milliseconds,

    /// <summary>Minutes: durations only.</summary>
    Minutes,

    /// <summary>Hours: durations only.</summary>
    Hours,

    /// <summary>Days: durations only.</summary>
    Days,

    /// <summary>Whatever the size of the number shows: points in time only.</summary>
    Auto,

    /// <summary>An RFC 3339 text: points in time only.</summary>
    Text,
}

/// <summary>How a body is read.</summary>
internal enum ReplyBody
{
    /// <summary>By what the reply declares: form, XML, else JSON, else text.</summary>
    Auto,
    Json,
    Form,
    Xml,
    Text,
}

/// <summary>Where in a reply its parts are; the first place that is there counts. The standard is RFC 6749, section 5.1.</summary>
internal sealed record ReplyDescription
{
    public ReplyBody Body { get; init; }

    public ReplyPlaces AccessToken { get; init; } = ReplyPlaces.Of("access_token");

    /// <summary>Whether the reply brings no token: at a renewal the one that is there lives on.</summary>
    public bool KeepsToken => AccessToken.Paths.Count == 0;

    public ReplyPlaces RefreshToken { get; init; } = ReplyPlaces.Of("refresh_token");

    public ReplyPlaces IdToken { get; init; } = ReplyPlaces.Of("id_token");

    public ReplyPlaces TokenType { get; init; } = ReplyPlaces.Of("token_type");

    /// <summary>What goes into headers for what the service calls a type: <c>*</c> is every other, the empty text none. Case does not count.</summary>
    public IReadOnlyDictionary<string, string> TokenTypes { get; init; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    public ReplyPlaces Scope { get; init; } = ReplyPlaces.Of("scope");

    public ReplyPlaces Subject { get; init; } = ReplyPlaces.Of("sub");

    /// <summary>How long the token lives from now.</summary>
    public ReplyPlaces ExpiresIn { get; init; } = ReplyPlaces.Of("expires_in");

    public TimeUnit ExpiresInUnit { get; init; } = TimeUnit.Seconds;

    /// <summary>When the token ends.</summary>
    public ReplyPlaces ExpiresAt { get; init; } = ReplyPlaces.None;

    public TimeUnit ExpiresAtUnit { get; init; } = TimeUnit.Auto;

    /// <summary>The form of a date that is none of the usual ones, as .NET writes forms; null where it is a usual one.</summary>
    public string? ExpiresAtFormat { get; init; }

    /// <summary>Values of the two that mean a token without an end, as texts.</summary>
    public IReadOnlyList<string> EndlessWhen { get; init; } = [];

    /// <summary>Whether the description says where the lifetime is: behind a sign-in only then a reply has one to say.</summary>
    public bool SaysLifetime { get; init; }

    /// <summary>When the token was issued: a number of seconds or milliseconds since 1970, or an RFC 3339 text.</summary>
    public ReplyPlaces IssuedAt { get; init; } = ReplyPlaces.None;

    public ReplyPlaces RefreshExpiresIn { get; init; } = ReplyPlaces.Of("refresh_expires_in", "refresh_token_expires_in");

    /// <summary>In seconds, where nothing else says; 0 is a token without an end.</summary>
    public int DefaultLifetime { get; init; } = 3600;

    /// <summary>What is kept with the session and may be named by later templates.</summary>
    public IReadOnlyList<KeepDescription> Keep { get; init; } = [];
}

/// <summary>A value of a reply that is kept.</summary>
internal sealed record KeepDescription(string Name, ReplyPlaces From)
{
    public bool IsSecret { get; init; }

    public bool IsRequired { get; init; }

    /// <summary>It is an address: a relative one is made absolute.</summary>
    public bool IsAddress { get; init; }
}
