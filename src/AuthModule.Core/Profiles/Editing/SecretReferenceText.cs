using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using AuthModule.Errors;
using AuthModule.Json;

namespace AuthModule.Profiles.Editing;

/// <summary>Where a secret is, as a person types it: <c>env:NAME</c>, <c>file:PATH</c>, <c>vault:NAME/SECRET</c>, <c>command:["PROGRAM","ARGUMENT"]</c>.</summary>
internal static class SecretReferenceText
{
    public const string Forms = "env:NAME, file:PATH, vault:NAME/SECRET, or command:[\"PROGRAM\",\"ARGUMENT\"]";

    /// <summary>The object that a profile file has for it.</summary>
    /// <param name="text">May be a secret that was typed in the wrong place: it is not repeated.</param>
    /// <param name="parameter">What to call it in errors.</param>
    /// <exception cref="ConfigurationException">InvalidProfile.</exception>
    public static Dictionary<string, object?> Read(string text, string parameter)
    {
        int colon = text.IndexOf(':');
        string rest = colon < 0 ? string.Empty : text.Substring(colon + 1);
        int slash = rest.IndexOf('/');
        return (colon < 0 ? string.Empty : text.Substring(0, colon)) switch
        {
            "env" when rest.Length > 0 => new() { ["env"] = rest },
            "file" when rest.Length > 0 => new() { ["file"] = rest },
            "vault" when slash > 0 && slash < rest.Length - 1 => new() { ["vault"] = rest.Substring(0, slash), ["secret"] = rest.Substring(slash + 1) },
            "command" when Words(rest) is { } words => new() { ["command"] = words },
            _ => throw Refused(parameter),
        };
    }

    public static AuthException Refused(string parameter) => AuthError.Create(
        AuthErrorId.InvalidProfile,
        $"{parameter} does not say where the secret is. A profile holds no secret; what was given is not repeated here.",
        $"Say where it is: {Forms}.");

    private static object?[]? Words(string json)
    {
        try
        {
            LocatedJson list = LocatedJson.Parse(Encoding.UTF8.GetBytes(json));
            return list.Kind == LocatedKind.List && list.Items.Count > 0 && list.Items.All(static item => item.Kind == LocatedKind.Text)
                ? [.. list.Items.Select(static item => item.Text)]
                : null;
        }
        catch (LocatedJsonException)
        {
            return null;
        }
    }
}
