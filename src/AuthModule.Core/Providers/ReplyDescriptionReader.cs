using System.Collections.Generic;
using AuthModule.Json;

namespace AuthModule.Providers;

/// <summary>Reads a description's <c>reply</c>.</summary>
internal static class ReplyDescriptionReader
{
    private static readonly Dictionary<string, TimeUnit> Units = new()
    {
        ["s"] = TimeUnit.Seconds,
        ["ms"] = TimeUnit.Milliseconds,
        ["auto"] = TimeUnit.Auto,
        ["rfc3339"] = TimeUnit.Text,
    };

    public static ReplyDescription Read(LocatedObject source)
    {
        var standard = new ReplyDescription();
        var reply = new ReplyDescription
        {
            AccessToken = Paths(source, "accessToken", standard.AccessToken),
            RefreshToken = Paths(source, "refreshToken", standard.RefreshToken),
            IdToken = Paths(source, "idToken", standard.IdToken),
            TokenType = Paths(source, "tokenType", standard.TokenType),
            Scope = Paths(source, "scope", standard.Scope),
            Subject = Paths(source, "subject", standard.Subject),
            ExpiresIn = Paths(source, "expiresIn", standard.ExpiresIn),
            ExpiresInUnit = Unit(source, "expiresInUnit", ["s", "ms"], standard.ExpiresInUnit),
            ExpiresAt = Paths(source, "expiresAt", standard.ExpiresAt),
            ExpiresAtUnit = Unit(source, "expiresAtUnit", ["s", "ms", "auto", "rfc3339"], standard.ExpiresAtUnit),
            IssuedAt = Paths(source, "issuedAt", standard.IssuedAt),
            RefreshExpiresIn = Paths(source, "refreshExpiresIn", standard.RefreshExpiresIn),
            DefaultLifetime = source.Integer("defaultLifetime", 1, 366 * 86400) ?? standard.DefaultLifetime,
        };
        source.RefuseOthers();
        return reply;
    }

    private static IReadOnlyList<string> Paths(LocatedObject source, string name, IReadOnlyList<string> standard) =>
        source.Has(name) ? source.Texts(name) : standard;

    private static TimeUnit Unit(LocatedObject source, string name, IReadOnlyList<string> words, TimeUnit standard) =>
        source.Word(name, words) is { } word ? Units[word] : standard;
}
