using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using AuthModule.Json;

namespace AuthModule.Providers;

/// <summary>Reads a description's <c>reply</c>.</summary>
internal static class ReplyDescriptionReader
{
    private static readonly string[] Bodies = ["auto", "json", "form", "xml", "text"];

    private static readonly Dictionary<string, TimeUnit> Units = new()
    {
        ["s"] = TimeUnit.Seconds,
        ["ms"] = TimeUnit.Milliseconds,
        ["min"] = TimeUnit.Minutes,
        ["h"] = TimeUnit.Hours,
        ["d"] = TimeUnit.Days,
        ["auto"] = TimeUnit.Auto,
        ["rfc3339"] = TimeUnit.Text,
    };

    public static ReplyDescription Read(LocatedObject source)
    {
        var standard = new ReplyDescription();
        var reply = new ReplyDescription
        {
            Body = source.Word("body", Bodies) is { } body ? (ReplyBody)Array.IndexOf(Bodies, body) : ReplyBody.Auto,
            AccessToken = PlaceReader.Read(source, "accessToken", standard.AccessToken),
            RefreshToken = PlaceReader.Read(source, "refreshToken", standard.RefreshToken),
            IdToken = PlaceReader.Read(source, "idToken", standard.IdToken),
            TokenType = PlaceReader.Read(source, "tokenType", standard.TokenType),
            TokenTypes = ReadTokenTypes(source),
            Scope = PlaceReader.Read(source, "scope", standard.Scope),
            Subject = PlaceReader.Read(source, "subject", standard.Subject),
            ExpiresIn = PlaceReader.Read(source, "expiresIn", standard.ExpiresIn),
            ExpiresInUnit = Unit(source, "expiresInUnit", ["s", "ms", "min", "h", "d"], standard.ExpiresInUnit),
            ExpiresAt = PlaceReader.Read(source, "expiresAt", standard.ExpiresAt),
            ExpiresAtUnit = Unit(source, "expiresAtUnit", ["s", "ms", "auto", "rfc3339"], standard.ExpiresAtUnit),
            ExpiresAtFormat = source.Text("expiresAtFormat"),
            SaysLifetime = source.Has("expiresIn") || source.Has("expiresAt"),
            EndlessWhen = ReadEndless(source),
            IssuedAt = PlaceReader.Read(source, "issuedAt", standard.IssuedAt),
            RefreshExpiresIn = PlaceReader.Read(source, "refreshExpiresIn", standard.RefreshExpiresIn),
            DefaultLifetime = source.Integer("defaultLifetime", 0, 366 * 86400) ?? standard.DefaultLifetime,
            Keep = KeepReader.ReadAll(source),
        };
        RefuseWithoutEffect(source, "expiresAtUnit", "expiresAt");
        RefuseWithoutEffect(source, "expiresAtFormat", "expiresAt");
        source.RefuseOthers();
        return reply;
    }

    private static void RefuseWithoutEffect(LocatedObject source, string field, string of)
    {
        if (source.Has(field) && !source.Has(of))
        {
            source.Report(field, $"has no effect without {of}");
        }
    }

    private static Dictionary<string, string> ReadTokenTypes(LocatedObject source)
    {
        var types = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (KeyValuePair<string, LocatedJson> member in source.Map("tokenTypes"))
        {
            if (member.Value.Kind != LocatedKind.Text)
            {
                source.Report(new LocatedJsonException(member.Value.Line, member.Value.Path, "has to be a text"));
            }
            else if (!member.Value.Text.All(static c => c is > ' ' and <= '~') || member.Value.Text.Length == 0)
            {
                source.Report(new LocatedJsonException(member.Value.Line, member.Value.Path, "is not a word that a header can carry"));
            }
            else
            {
                types[member.Key] = member.Value.Text;
            }
        }

        return types;
    }

    private static IReadOnlyList<string> ReadEndless(LocatedObject source) => ScalarReader.Texts(source, "endlessWhen");

    private static TimeUnit Unit(LocatedObject source, string name, IReadOnlyList<string> words, TimeUnit standard) =>
        source.Word(name, words) is { } word ? Units[word] : standard;
}
