using System;
using System.Collections.Generic;
using System.Globalization;
using System.Net.Http;
using System.Net.Http.Headers;
using AuthModule.Sessions;

namespace AuthModule.Rest;

/// <summary>Reads from a refusal that the API wants another sign-in, and which (RFC 9470, section 3).</summary>
internal static class StepUpChallenge
{
    public const string Error = "insufficient_user_authentication";

    private const int LongestClasses = 1000;
    private const int LongestAge = 10 * 365 * 24 * 3600;

    /// <summary>Null where it asks for no sign-in.</summary>
    public static SignInDemand? Read(HttpResponseMessage response)
    {
        if ((int)response.StatusCode != 401)
        {
            return null;
        }

        foreach (AuthenticationHeaderValue challenge in response.Headers.WwwAuthenticate)
        {
            Dictionary<string, string> parameters = ChallengeParameters.Read(challenge.Parameter);
            if (parameters.TryGetValue("error", out string? error) && error == Error)
            {
                return new SignInDemand(Classes(parameters), Age(parameters));
            }
        }

        return null;
    }

    private static string? Classes(Dictionary<string, string> parameters) =>
        parameters.TryGetValue("acr_values", out string? classes) && classes.Trim() is { Length: > 0 and <= LongestClasses } some ? some : null;

    private static TimeSpan? Age(Dictionary<string, string> parameters) =>
        parameters.TryGetValue("max_age", out string? age) && int.TryParse(age, NumberStyles.None, CultureInfo.InvariantCulture, out int seconds) && seconds <= LongestAge
            ? TimeSpan.FromSeconds(seconds)
            : null;
}
