using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace AuthModule.Providers;

/// <summary>Where a place of a reply is.</summary>
internal enum ReplyPart
{
    /// <summary>Members of the body.</summary>
    Member,

    /// <summary>The body itself: a JSON text or number, or the text that it is.</summary>
    Root,

    /// <summary>A header.</summary>
    Header,

    /// <summary>A cookie that the reply sets.</summary>
    Cookie,
}

/// <summary>
/// A place in a reply: names joined by dots, <c>['a name with dots']</c>, <c>[2]</c>, <c>[member=value]</c>; <c>$</c>;
/// <c>header:NAME</c>; <c>cookie:NAME</c>.
/// </summary>
internal sealed class ReplyPath
{
    private const string HeaderPrefix = "header:";
    private const string CookiePrefix = "cookie:";

    private ReplyPath(string source, ReplyPart part, string name, IReadOnlyList<ReplyStep> steps)
    {
        Source = source;
        Part = part;
        Name = name;
        Steps = steps;
    }

    /// <summary>As it is written.</summary>
    public string Source { get; }

    public ReplyPart Part { get; }

    /// <summary>Of the header or cookie.</summary>
    public string Name { get; }

    /// <summary>From the root on; for members only.</summary>
    public IReadOnlyList<ReplyStep> Steps { get; }

    /// <exception cref="FormatException">It is no place.</exception>
    public static ReplyPath Parse(string source)
    {
        if (source == "$")
        {
            return new ReplyPath(source, ReplyPart.Root, string.Empty, []);
        }

        if (source.StartsWith(HeaderPrefix, StringComparison.Ordinal))
        {
            string header = source.Substring(HeaderPrefix.Length);
            return AuthModule.Http.WireRequest.IsHeaderName(header)
                ? new ReplyPath(source, ReplyPart.Header, header, [])
                : throw new FormatException($"'{header}' is not the name of a header");
        }

        if (source.StartsWith(CookiePrefix, StringComparison.Ordinal))
        {
            string cookie = source.Substring(CookiePrefix.Length);
            return AuthModule.Http.WireRequest.IsHeaderName(cookie)
                ? new ReplyPath(source, ReplyPart.Cookie, cookie, [])
                : throw new FormatException($"'{cookie}' is not the name of a cookie");
        }

        return new ReplyPath(source, ReplyPart.Member, string.Empty, [.. Split(source)]);
    }

    public override string ToString() => Source;

    private static List<ReplyStep> Split(string source)
    {
        var steps = new List<ReplyStep>();
        int at = source.StartsWith("$.", StringComparison.Ordinal) ? 2 : source.StartsWith("$[", StringComparison.Ordinal) ? 1 : 0;
        bool wantsName = true;
        while (at < source.Length)
        {
            if (source[at] == '[')
            {
                steps.Add(Bracket(source, ref at));
                wantsName = false;
                if (at < source.Length && source[at] == '.')
                {
                    at++;
                    wantsName = true;
                }

                continue;
            }

            int end = source.IndexOfAny(['.', '['], at);
            string name = end < 0 ? source.Substring(at) : source.Substring(at, end - at);
            if (name.Length == 0 || !wantsName)
            {
                throw new FormatException($"'{source}' is not a place in a reply");
            }

            steps.Add(new ReplyStep(name, null, null));
            wantsName = end >= 0 && source[end] == '.';
            at = end < 0 ? source.Length : wantsName ? end + 1 : end;
        }

        return steps.Count == 0 || wantsName && source.EndsWith('.') ? throw new FormatException($"'{source}' is not a place in a reply") : steps;
    }

    private static ReplyStep Bracket(string source, ref int at)
    {
        if (at + 1 < source.Length && source[at + 1] == '\'')
        {
            var name = new StringBuilder();
            for (int i = at + 2; i < source.Length; i++)
            {
                if (source[i] != '\'')
                {
                    name.Append(source[i]);
                }
                else if (i + 1 < source.Length && source[i + 1] == '\'')
                {
                    name.Append('\'');
                    i++;
                }
                else if (i + 1 < source.Length && source[i + 1] == ']')
                {
                    at = i + 2;
                    return new ReplyStep(name.ToString(), null, null);
                }
                else
                {
                    break;
                }
            }

            throw new FormatException($"'{source}' has a ['name'] that does not end");
        }

        int close = source.IndexOf(']', at);
        if (close < 0)
        {
            throw new FormatException($"'{source}' has a '[' without its ']'");
        }

        string inside = source.Substring(at + 1, close - at - 1);
        at = close + 1;
        if (int.TryParse(inside, NumberStyles.None, CultureInfo.InvariantCulture, out int index))
        {
            return new ReplyStep(string.Empty, index, null);
        }

        int equals = inside.IndexOf('=');
        return equals > 0 && inside.Take(equals).All(TemplatePart.IsNameLetter)
            ? new ReplyStep(inside.Substring(0, equals), null, inside.Substring(equals + 1))
            : throw new FormatException($"'[{inside}]' in '{source}' is neither a number, nor ['name'], nor [member=value]");
    }
}

/// <summary>One step into a body: a member; with <see cref="Index"/> an item; with <see cref="Value"/> the first item whose member has it.</summary>
internal sealed record ReplyStep(string Name, int? Index, string? Value);
