using System;
using System.Collections.Generic;
using System.Linq;
using AuthModule.Http;
using AuthModule.Providers;
using AuthModule.Secrets;
using AuthModule.Tokens;

namespace AuthModule.Operations;

/// <summary>
/// The cookies of a session, where a description keeps them: kept values of a name of their own, one for each host, sent back
/// to that host only.
/// </summary>
internal static class SessionCookies
{
    private const string Prefix = "cookies@";

    public static bool IsCookies(KeptValue value) => value.Name.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>Those of before, with what a reply sets and without what it takes back.</summary>
    public static IReadOnlyList<KeptValue> Merge(IReadOnlyList<KeptValue> kept, WireReply reply)
    {
        if (reply.SetCookies.Count == 0)
        {
            return kept;
        }

        string name = Prefix + reply.Request.Url.Host;
        var cookies = new List<KeyValuePair<string, string>>(Split(kept.FirstOrDefault(value => value.Name == name)?.Hidden?.Reveal()));
        foreach ((string cookie, string? content) in ReplyCookies.Read(reply))
        {
            cookies.RemoveAll(known => known.Key == cookie);
            if (content is not null)
            {
                reply.Request.Scrubber.Add(content);
                cookies.Add(new KeyValuePair<string, string>(cookie, content));
            }
        }

        string joined = string.Join("; ", cookies.Select(cookie => $"{cookie.Key}={cookie.Value}"));
        return joined.Length == 0
            ? [.. kept.Where(value => value.Name != name)]
            : KeptValues.Merge(kept, [new KeptValue(name, null, Secret.From(joined))]);
    }

    /// <summary>Sends those of its host along, unless the request names cookies of its own.</summary>
    public static void AddTo(WireRequest request, IReadOnlyList<KeptValue> kept)
    {
        if (kept.FirstOrDefault(value => value.Name == Prefix + request.Url.Host) is { Hidden: { } cookies }
            && !request.Headers.Any(header => string.Equals(header.Key, "Cookie", StringComparison.OrdinalIgnoreCase)))
        {
            string plain = cookies.Reveal();
            request.Scrubber.Add(plain);
            request.SetHeader("Cookie", plain);
        }
    }

    /// <summary>Makes all of them the place <c>{cookies}</c>.</summary>
    public static void SetInto(TemplateValues values, IReadOnlyList<KeptValue> kept)
    {
        string all = string.Join("; ", kept.Where(IsCookies).Select(value => value.Hidden!.Reveal()));
        values.Set("cookies", Secret.FromOptional(all));
    }

    private static IEnumerable<KeyValuePair<string, string>> Split(string? cookies) =>
        (cookies ?? string.Empty).Split([';'], StringSplitOptions.RemoveEmptyEntries)
            .Select(part => part.Trim().Split(['='], 2))
            .Where(pair => pair.Length == 2)
            .Select(pair => new KeyValuePair<string, string>(pair[0], pair[1]));
}
