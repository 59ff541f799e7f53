using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using AuthModule.Text;

namespace AuthModule.Interaction;

/// <summary>
/// A value that only the service's own answer brings back (RFC 6749, section 10.12). Anybody on this machine, and any page in a
/// browser, can ask the loopback for anything: what does not hold the value is nobody's answer.
/// </summary>
internal sealed class AnswerProof(string name, string value)
{
    /// <summary>What a browser brings back from a sign-in.</summary>
    public static AnswerProof OfState(string state) => new("state", state);

    /// <summary>Whether the query of a path has the value, once.</summary>
    public bool IsIn(string target)
    {
        int query = target.IndexOf('?');
        string[] given = query < 0 ? [] : [.. Fields(target.Substring(query + 1)).Where(field => field.Key == name).Select(field => field.Value)];
        return given.Length == 1 && AreSame(given[0], value);
    }

    /// <summary>Takes the same time wherever the first difference is.</summary>
    public static bool AreSame(string? given, string expected) =>
        given is not null && CryptographicOperations.FixedTimeEquals(
            SHA256.HashData(Encoding.UTF8.GetBytes(given)),
            SHA256.HashData(Encoding.UTF8.GetBytes(expected)));

    private static List<KeyValuePair<string, string>> Fields(string query)
    {
        int fragment = query.IndexOf('#');
        return FormText.Read(fragment < 0 ? query : query.Substring(0, fragment));
    }
}
