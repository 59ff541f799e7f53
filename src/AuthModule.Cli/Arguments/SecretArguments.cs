using System;
using System.Collections.Generic;
using System.Linq;
using AuthModule.Cli.Terminal;

namespace AuthModule.Cli.Arguments;

/// <summary>Refuses secrets as arguments, under the names by which people would try, and says where they belong.</summary>
internal static class SecretArguments
{
    private static readonly Dictionary<string, string> Places = new(StringComparer.OrdinalIgnoreCase)
    {
        ["--client-secret"] = "set AUTHMODULE_CLIENT_SECRET, or pass it on stdin with --client-secret-stdin",
        ["--secret"] = "set AUTHMODULE_CLIENT_SECRET, or pass it on stdin with --client-secret-stdin",
        ["--password"] = "set AUTHMODULE_PASSWORD, or pass it on stdin with --password-stdin",
        ["--credential"] = "give --username, and set AUTHMODULE_PASSWORD or pass the password on stdin with --password-stdin",
        ["--refresh-token"] = "set AUTHMODULE_REFRESH_TOKEN, or pass it on stdin with --refresh-token-stdin",
        ["--token"] = "set AUTHMODULE_TOKEN, or pass it on stdin with --token-stdin",
        ["--access-token"] = "set AUTHMODULE_TOKEN, or pass it on stdin with --token-stdin",
        ["--api-key"] = "set AUTHMODULE_API_KEY, or pass it on stdin with --api-key-stdin",
        ["--assertion"] = "set AUTHMODULE_ASSERTION, or pass it on stdin with --assertion-stdin",
        ["--subject-token"] = "set AUTHMODULE_SUBJECT_TOKEN, or pass it on stdin with --subject-token-stdin",
        ["--actor-token"] = "set AUTHMODULE_ACTOR_TOKEN, or pass it on stdin with --actor-token-stdin",
        ["--callback-uri"] = "it holds a code: pass it on stdin with --callback-stdin",
        ["--authorization-header"] = "set AUTHMODULE_AUTHORIZATION_HEADER, or pass it on stdin with --authorization-header-stdin",
        ["--otp"] = "set AUTHMODULE_OTP",
        ["--decryption-key-password"] = "set AUTHMODULE_DECRYPTION_KEY_PASSWORD",
        ["--client-certificate-password"] = "set AUTHMODULE_CLIENT_CERTIFICATE_PASSWORD",
        ["--client-key-password"] = "set AUTHMODULE_CLIENT_KEY_PASSWORD",
        ["--proxy-password"] = "set AUTHMODULE_PROXY_PASSWORD",
    };

    private static readonly string[] SecretFields =
        ["secret", "password", "passwd", "refresh_token", "access_token", "subject_token", "actor_token", "id_token", "assertion", "api_key", "apikey", "otp", "code_verifier"];

    /// <exception cref="UsageException">Names the option, never its value.</exception>
    public static void Refuse(IEnumerable<string> arguments)
    {
        foreach (string name in arguments.Select(static argument => argument.Split('=', ':')[0]))
        {
            if (Places.TryGetValue(name, out string? place))
            {
                throw new UsageException($"{name.ToLowerInvariant()} is not taken as an argument, which every process of this machine can read: {place}.");
            }
        }
    }

    /// <summary>Null for a field whose name does not sound like a secret; else the end of a sentence.</summary>
    public static string? RefuseField(string name) =>
        SecretFields.Any(word => name.Contains(word, StringComparison.OrdinalIgnoreCase) && !name.EndsWith("_type", StringComparison.OrdinalIgnoreCase))
            ? "takes no secrets, which every process of this machine could read: use --parameter-env NAME=VARIABLE or --parameter-stdin NAME."
            : null;
}
