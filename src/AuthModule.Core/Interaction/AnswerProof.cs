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

    /// <summary>The same where it is inside a signed answer (JARM). That the answer is good is tested later.</summary>
    public static AnswerProof OfSignedState(string state) => new("state", state) { IsSigned = true };

    private bool IsSigned { get; init; }

    /// <summary>Whether the query of a path has the value, once.</summary>
    public bool IsIn(string target)
    {
        int query = target.IndexOf('?');
        List<KeyValuePair<string, string>> fields = query < 0 ? [] : Fields(target.Substring(query + 1));
        if (IsSigned)
        {
            string[] signed = [.. fields.Where(static field => field.Key == "response").Select(static field => field.Value)];
            return signed.Length == 1 && SignedState.Find(signed[0]) is { } inside && AreSame(inside, value);
        }

        string[] given = [.. fields.Where(field => field.Key == name).Select(field => field.Value)];
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
