using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using AuthModule.Errors;
using AuthModule.Pipeline;
using AuthModule.Requests;

namespace AuthModule.Arguments;

/// <summary>Reads <c>-Claims</c>: JSON, or a hashtable that says the same.</summary>
internal static class ClaimsArgument
{
    /// <exception cref="AuthenticationException">InvalidRequest: it is neither, or not what servers take.</exception>
    public static string? Read(object? given) => PipelineValue.Unwrap(given) switch
    {
        null => null,
        string json => ClaimsRequestText.Of(json),
        IDictionary wanted => ClaimsRequestText.Of((IDictionary)Plain(wanted)!),
        var other => throw AuthError.Create(AuthErrorId.InvalidRequest, $"-Claims is a {other.GetType().Name}.", "Give JSON or a hashtable."),
    };

    private static object? Plain(object? value) => PipelineValue.Unwrap(value) switch
    {
        IDictionary members => members.Keys.Cast<object>().ToDictionary(static name => name.ToString()!, name => Plain(members[name]), StringComparer.Ordinal),
        IEnumerable list and not string => list.Cast<object?>().Select(Plain).ToArray(),
        var one => one,
    };
}
