using System.Collections.Generic;
using AuthModule.Platform;

namespace AuthModule.Cli.Helpers;

/// <summary>What Google's libraries and gcloud read from the program of an external account (executable-sourced credentials, version 1).</summary>
internal static class ExternalAccount
{
    private const int Version = 1;
    private const string Jwt = "urn:ietf:params:oauth:token-type:jwt";
    private const string IdToken = "urn:ietf:params:oauth:token-type:id_token";

    public static Dictionary<string, object?> Of(TokenChoice choice, IEnvironment environment) => new()
    {
        ["version"] = Version,
        ["success"] = true,
        ["token_type"] = environment.Get("GOOGLE_EXTERNAL_ACCOUNT_TOKEN_TYPE") == IdToken ? IdToken : Jwt,
        ["id_token"] = choice.Text,
        ["expiration_time"] = choice.ExpiresOn?.ToUnixTimeSeconds(),
    };

    /// <summary>Its way to say why there is none.</summary>
    public static Dictionary<string, object?> Of(AuthException failure) => new()
    {
        ["version"] = Version,
        ["success"] = false,
        ["code"] = failure.Code,
        ["message"] = $"{failure.Message} {failure.RecommendedAction}",
    };

    /// <summary>False where the caller gives no person a chance.</summary>
    public static bool IsInteractive(IEnvironment environment) => environment.Get("GOOGLE_EXTERNAL_ACCOUNT_INTERACTIVE") is not "0";
}
