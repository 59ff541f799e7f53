using System.Collections.Generic;
using System.Linq;

namespace AuthModule.Cli.Output;

/// <summary>What testing a token found, under the names of <see cref="TokenTestResult"/>. The token itself is not in it.</summary>
internal static class TestResultJson
{
    public static Dictionary<string, object?> Of(TokenTestResult result) => new()
    {
        ["is_valid"] = result.IsValid,
        ["failure"] = result.Failure,
        ["status_code"] = result.StatusCode,
        ["www_authenticate"] = result.WwwAuthenticate,
        ["subject"] = result.Subject,
        ["scopes"] = result.Scopes,
        ["groups"] = result.Groups,
        ["expires_on"] = result.ExpiresOn,
        ["expires_in"] = result.ExpiresIn is { } left ? (long)left.TotalSeconds : null,
        ["checks"] = result.Checks.Select(Check).ToArray(),
        ["claims"] = result.Claims,
    };

    private static Dictionary<string, object?> Check(TokenCheck check) => new()
    {
        ["name"] = check.Name,
        ["passed"] = check.Passed,
        ["was_run"] = check.WasRun,
        ["id"] = check.Id,
        ["reason"] = check.WasRun ? check.Reason : CommandLineWording.Of(check.Reason),
    };
}
