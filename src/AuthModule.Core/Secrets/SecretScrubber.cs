using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace AuthModule.Secrets;

/// <summary>
/// Masks known secrets in texts that come from outside: servers echo what they were sent, and write it their way. Adding is
/// cheap, for it comes with each request; the work is in <see cref="Scrub"/>, which only errors and debug lines need.
/// </summary>
internal sealed class SecretScrubber
{
    // Shorter ones would mask common words and tell by that what the secret is.
    private const int ShortestMasked = 4;

    // Long enough that hardly any other word is hit.
    private const int ShortestCore = 8;

    // JSON in HTML in an address; or anything escaped by each of three servers in a row.
    private const int MaxLayers = 3;

    private readonly List<string> secrets = [];

    public void Add(string? secret)
    {
        if (secret is { Length: >= ShortestMasked })
        {
            secrets.Add(secret);
        }
    }

    public string Scrub(string text)
    {
        if (secrets.Count == 0 || text.Length < ShortestMasked)
        {
            return text;
        }

        var found = new List<(int Start, int End)>();
        Find(new UnescapedText(text), [.. secrets.SelectMany(FormsOf).Distinct(StringComparer.Ordinal)], MaxLayers, found);
        return found.Count == 0 ? text : Cover(text, found);
    }

    // What reading escapes does not bring together: a space in a form, and UTF-8 that is taken for another charset.
    private static IEnumerable<string> FormsOf(string secret)
    {
        yield return secret;
        if (secret.Contains(' '))
        {
            yield return secret.Replace(' ', '+');
        }

        if (secret.Any(static letter => letter > '\x7F'))
        {
            yield return new string([.. Encoding.UTF8.GetBytes(secret).Select(static one => (char)one)]);
        }

        foreach (string core in CoresOf(secret))
        {
            yield return core;
        }
    }

    // What no encoding changes, for those that are not known here.
    private static IEnumerable<string> CoresOf(string secret)
    {
        int start = 0;
        for (int i = 0; i <= secret.Length; i++)
        {
            if (i < secret.Length && IsUnreserved(secret[i]))
            {
                continue;
            }

            if (i - start >= ShortestCore)
            {
                yield return secret.Substring(start, i - start);
            }

            start = i + 1;
        }
    }

    // RFC 3986, section 2.3.
    private static bool IsUnreserved(char letter) => letter is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '-' or '.' or '_' or '~';

    // A backslash may be an escape or a letter of the secret: so each kind of escape is read by itself and on top of each other one.
    private static void Find(UnescapedText text, string[] forms, int layers, List<(int Start, int End)> found)
    {
        foreach (string form in forms)
        {
            for (int at = 0; (at = text.Text.IndexOf(form, at, StringComparison.Ordinal)) >= 0; at += form.Length)
            {
                found.Add(text.PlaceOf(at, form.Length));
            }
        }

        if (layers == 0)
        {
            return;
        }

        foreach (EscapeReader escape in Escapes.All)
        {
            if (text.Read(escape) is { } read)
            {
                Find(read, forms, layers - 1, found);
            }
        }
    }

    private static string Cover(string text, List<(int Start, int End)> found)
    {
        var covered = new StringBuilder(text.Length);
        int shown = 0;
        foreach ((int start, int end) in found.OrderBy(static place => place.Start))
        {
            if (start >= shown)
            {
                covered.Append(text, shown, start - shown).Append(Secret.Mask);
            }

            shown = Math.Max(shown, end);
        }

        return covered.Append(text, shown, text.Length - shown).ToString();
    }
}
