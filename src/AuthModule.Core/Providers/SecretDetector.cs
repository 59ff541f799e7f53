using System;
using System.Collections.Generic;
using System.Linq;
using AuthModule.Json;

namespace AuthModule.Providers;

/// <summary>Descriptions are shared and committed: a value in a place where a secret belongs is refused.</summary>
internal static class SecretDetector
{
    private static readonly string[] SecretNames =
        ["secret", "password", "passwd", "pwd", "apikey", "api_key", "api-key", "private_key", "privatekey", "refresh_token", "access_token", "credential"];

    // Parts of a description that hold names and paths, never values to send.
    private static readonly string[] NamesOnly = ["reply", "result", "errors", "environment", "claims", "parameters", "keep", "when", "pending"];

    public static void RefuseSecrets(LocatedJson root, Reading reading) => Search(root, name: string.Empty, reading);

    /// <summary>Whether a field of this name would hold a secret.</summary>
    /// <remarks>Authorization is the header; authorization_details and addresses of endpoints are none.</remarks>
    public static bool IsSecretName(string name) =>
        !name.EndsWith("endpoint", StringComparison.OrdinalIgnoreCase)
        && (name.EndsWith("authorization", StringComparison.OrdinalIgnoreCase) || SecretNames.Any(word => name.Contains(word, StringComparison.OrdinalIgnoreCase)));

    private static void Search(LocatedJson value, string name, Reading reading)
    {
        foreach (KeyValuePair<string, LocatedJson> member in value.Members)
        {
            if (!NamesOnly.Contains(member.Key) || IsInFields(value.Path))
            {
                // A header with methods of its own has its value in a member.
                Search(member.Value, member.Key == "value" ? name : member.Key, reading);
            }
        }

        foreach (LocatedJson item in value.Items)
        {
            Search(item, name, reading);
        }

        bool isSecretPlace = IsSecretName(name);
        if (value.Kind == LocatedKind.Text && isSecretPlace && value.Text.Length > 0 && !HasPlace(value.Text) && !IsWord(value.Path))
        {
            reading.Add(new LocatedJsonException(value.Line, value.Path, "holds a value where a secret belongs; write a place such as {clientSecret} and give the secret with the call"));
        }
    }

    // There they are what the author calls things, not words of the format.
    private static bool IsInFields(string path) => path.Contains("fields", StringComparison.Ordinal);

    private static bool HasPlace(string text) => text.Contains('{');

    // "credential": "client" and endpoints named after what they do are words of the format, not secrets.
    private static bool IsWord(string path) =>
        path.EndsWith(".credential", StringComparison.Ordinal) || path.StartsWith("endpoints.", StringComparison.Ordinal)
        || path.EndsWith(".endpoint", StringComparison.Ordinal) || path.EndsWith(".method", StringComparison.Ordinal)
        || path.EndsWith(".encoding", StringComparison.Ordinal) || path.EndsWith(".renewWith", StringComparison.Ordinal);
}
