using System.Collections.Generic;
using System.Text.RegularExpressions;
using AuthModule.Errors;

namespace AuthModule.Cli.Output;

/// <summary>The engine speaks of cmdlets and their parameters; here the same things have the command line's names.</summary>
internal static partial class CommandLineWording
{
    private static readonly Dictionary<string, string> Parameters = new()
    {
        ["-ClientSecret"] = "AUTHMODULE_CLIENT_SECRET (or --client-secret-stdin)",
        ["-Credential"] = "--username with AUTHMODULE_PASSWORD (or --password-stdin)",
        ["-RefreshToken"] = "AUTHMODULE_REFRESH_TOKEN (or --refresh-token-stdin)",
        ["-Token"] = "AUTHMODULE_TOKEN (or --token-stdin)",
        ["-ApiKey"] = "AUTHMODULE_API_KEY (or --api-key-stdin)",
        ["-Assertion"] = "AUTHMODULE_ASSERTION (or --assertion-stdin)",
        ["-SubjectToken"] = "AUTHMODULE_SUBJECT_TOKEN (or --subject-token-stdin)",
        ["-ActorToken"] = "AUTHMODULE_ACTOR_TOKEN (or --actor-token-stdin)",
        ["-CallbackUri"] = "--callback-stdin",
        ["-AuthorizationRequest"] = "--callback-stdin",
        ["-ClientKeyPassword"] = "AUTHMODULE_CLIENT_KEY_PASSWORD",
        ["-DecryptionKeyPassword"] = "AUTHMODULE_DECRYPTION_KEY_PASSWORD",
        ["-ProxyCredential"] = "--proxy-username with AUTHMODULE_PROXY_PASSWORD",
        ["-Headers"] = "--header",
        ["-Uri"] = "URL",
        ["-Otp"] = "AUTHMODULE_OTP",
        ["-Path"] = "--provider-file",
    };

    private static readonly (string Said, string Meant)[] Phrases =
    [
        ("Get-AuthProvider lists the known ones; Register-AuthProvider adds your own.", "'authmodule providers' lists the known ones; --provider-file adds your own."),
        ("Call Get-AuthToken with an authority and credentials first, or pass -Session.", "Name the service with -Authority."),
        ("in this runspace", "here"),
        ("unless remote access is allowed", "unless --allow-remote lets it"),
        ("Get-AuthToken -ForceRefresh", "authmodule get"),
        ("Get-AuthToken", "authmodule get"),
        ("Update-AuthToken", "authmodule update"),
        ("Revoke-AuthToken", "authmodule revoke"),
        ("Test-AuthToken", "authmodule test"),
        ("Test-AuthService", "authmodule doctor"),
        ("(-DecryptionKey)", "(Test-AuthToken takes one in PowerShell)"),
        ("Get-AuthProfile", "authmodule profiles"),
        ("New-AuthProfile", "authmodule profiles add"),
        ("Set-AuthProfile", "authmodule profiles set"),
        ("Remove-AuthProfile", "authmodule profiles remove"),
        ("Get-AuthProvider", "authmodule providers"),
        ("Get-AuthSession", "authmodule list"),
        ("Invoke-AuthRestMethod", "authmodule call"),
        ("New-AuthAuthorizationRequest", "--callback-stdin"),
        ("Remove-AuthSession", "authmodule logout --local-only"),
        ("Select-AuthSession", "authmodule switch"),
    ];

    /// <summary>The same failure; what the server said stays as it is.</summary>
    public static AuthException Of(AuthException failure) => AuthError.Create(
        failure.Code,
        Of(failure.Message),
        failure.Details with { Action = Of(failure.RecommendedAction) });

    public static string Of(string text)
    {
        foreach ((string said, string meant) in Phrases)
        {
            text = text.Replace(said, meant, System.StringComparison.Ordinal);
        }

        text = HashtableParameter().Replace(text, "--parameter $1=$2");
        return Parameter().Replace(text, static match => Parameters.GetValueOrDefault(match.Value) ?? Option(match.Value));
    }

    // -ClientId is --client-id.
    private static string Option(string parameter) =>
        "-" + Capital().Replace(parameter[1..], static capital => "-" + capital.Value.ToLowerInvariant());

    [GeneratedRegex(@"-Parameter @\{ (\w+) = (.*?) \}")]
    private static partial Regex HashtableParameter();

    [GeneratedRegex(@"(?<![\w-])-[A-Z][A-Za-z]+\b")]
    private static partial Regex Parameter();

    [GeneratedRegex("[A-Z]")]
    private static partial Regex Capital();
}
