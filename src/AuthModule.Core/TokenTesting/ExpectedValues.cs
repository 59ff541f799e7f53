using System.Collections;
using System.Collections.Generic;
using System.Linq;
using AuthModule.Errors;
using AuthModule.Text;
using AuthModule.Validation;

namespace AuthModule.TokenTesting;

/// <summary>Refuses rules that say nothing: whoever writes one expects that it is looked at.</summary>
internal static class ExpectedValues
{
    /// <exception cref="ConfigurationException">MissingParameter: a rule without a value.</exception>
    public static void Require(ValidationRules rules)
    {
        RequireTexts("-Issuer", rules.Issuers);
        RequireTexts("-Audience", rules.Audiences);
        RequireTexts("-ClientId", rules.ClientIds);
        RequireTexts("-RequiredScope", rules.RequiredScopes);
        RequireTexts("-RequiredGroup", rules.RequiredGroups);
        if (rules.RequiredClaims is not { } claims)
        {
            return;
        }

        if (claims.Count == 0)
        {
            throw Missing("-RequiredClaim");
        }

        RequireTexts("-RequiredClaim", claims.Keys);
        if (claims.FirstOrDefault(claim => claim.Value is IEnumerable values and not string && !values.Cast<object?>().Any()) is { Key: not null } empty)
        {
            throw AuthError.Missing("-RequiredClaim", $"it does not say what '{DisplayText.Text(empty.Key)}' has to be");
        }
    }

    private static void RequireTexts(string parameter, IEnumerable<string> values)
    {
        if (values.Any(string.IsNullOrWhiteSpace))
        {
            throw Missing(parameter);
        }
    }

    private static AuthException Missing(string parameter) => AuthError.Missing(parameter, "it was given without a value to compare with");
}
