using System;
using System.Collections.Generic;
using System.Text;

namespace AuthModule.Rest;

/// <summary>The parameters of one challenge (RFC 9110, section 11.2): <c>name=token</c> or <c>name="text"</c>, separated by commas.</summary>
internal static class ChallengeParameters
{
    /// <summary>By name without regard to case; the first of two counts. What is no parameter is left out.</summary>
    public static Dictionary<string, string> Read(string? text)
    {
        var parameters = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        int at = 0;
        while (text is not null && at < text.Length)
        {
            int equals = text.IndexOf('=', at);
            if (equals < 0)
            {
                break;
            }

            int comma = text.LastIndexOf(',', equals, equals - at + 1);
            string name = text.Substring(comma < 0 ? at : comma + 1, equals - (comma < 0 ? at : comma + 1)).Trim();
            at = equals + 1;
            string value = at < text.Length && text[at] == '"' ? Quoted(text, ref at) : Plain(text, ref at);
            if (name.Length > 0 && !parameters.ContainsKey(name))
            {
                parameters.Add(name, value);
            }
        }

        return parameters;
    }

    private static string Plain(string text, ref int at)
    {
        int end = text.IndexOf(',', at);
        string value = text.Substring(at, (end < 0 ? text.Length : end) - at).Trim();
        at = end < 0 ? text.Length : end + 1;
        return value;
    }

    private static string Quoted(string text, ref int at)
    {
        var value = new StringBuilder();
        for (at++; at < text.Length && text[at] != '"'; at++)
        {
            if (text[at] == '\\' && at + 1 < text.Length)
            {
                at++;
            }

            value.Append(text[at]);
        }

        int comma = at < text.Length ? text.IndexOf(',', at) : -1;
        at = comma < 0 ? text.Length : comma + 1;
        return value.ToString();
    }
}
