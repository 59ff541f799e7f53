using System.Collections.Generic;
using AuthModule.Errors;
using AuthModule.Secrets;

namespace AuthModule.Requests;

/// <summary>What a secret cannot be like: one that was read from a file with the line break behind it is refused by every server, and none says why.</summary>
internal static class SecretShape
{
    /// <exception cref="AuthenticationException">InvalidRequest: a secret begins or ends with a line break.</exception>
    public static void Require(TokenRequest request)
    {
        foreach ((string parameter, Secret? secret) in Named(request))
        {
            if (secret?.Reveal() is { Length: > 0 } plain && (plain[0] is '\r' or '\n' || plain[plain.Length - 1] is '\r' or '\n'))
            {
                throw AuthError.Create(
                    AuthErrorId.InvalidRequest,
                    $"{parameter} {(plain[0] is '\r' or '\n' ? "begins" : "ends")} with a line break, which is hardly part of the secret; nothing was sent.",
                    "Read the secret without it: in PowerShell by $text.Trim(), in a shell printf instead of echo.");
            }
        }
    }

    private static IEnumerable<(string Parameter, Secret? Secret)> Named(TokenRequest request) =>
    [
        ("-ClientSecret", request.Client.Secret),
        ("The password of -Credential", request.Input.Password),
        ("-Otp", request.Input.Otp),
        ("-ApiKey", request.Input.ApiKey),
        ("-RefreshToken", request.Input.RefreshToken),
        ("-SubjectToken", request.Input.SubjectToken),
        ("-ActorToken", request.Input.ActorToken),
        ("-Assertion", request.Input.Assertion),
    ];
}
