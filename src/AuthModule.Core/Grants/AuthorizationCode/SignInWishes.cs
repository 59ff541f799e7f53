using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using AuthModule.Requests;

namespace AuthModule.Grants.AuthorizationCode;

/// <summary>
/// What a caller wants of a sign-in by a person, in the fields of OpenID Connect Core, sections 3.1.2.1 and 5.5. They are sent to any
/// service, whatever fields its description has: who asks for them is not to get less without a word.
/// </summary>
internal static class SignInWishes
{
    /// <summary>The service with these fields among those that are sent besides; the caller's own of the same name give way.</summary>
    public static Service AddTo(Service service, GrantInput input)
    {
        List<KeyValuePair<string, string>> fields = [.. Fields(input)];
        return fields.Count == 0
            ? service
            : service with { ExtraFields = [.. service.ExtraFields.Where(extra => fields.All(field => field.Key != extra.Key)), .. fields] };
    }

    public static IReadOnlyList<string> Classes(GrantInput input) => input.ContextClasses?.Split([' '], StringSplitOptions.RemoveEmptyEntries) ?? [];

    private static IEnumerable<KeyValuePair<string, string>> Fields(GrantInput input)
    {
        if (input.MaximumAge is { } age)
        {
            yield return new("max_age", Math.Floor(age.TotalSeconds).ToString("0", CultureInfo.InvariantCulture));
        }

        if (input.ContextClasses is { } classes)
        {
            yield return new("acr_values", classes);
        }

        if (input.ClaimsRequest is { } claims)
        {
            yield return new("claims", claims);
        }
    }
}
