using System;
using AuthModule.Requests;

namespace AuthModule.Arguments;

/// <summary>Reads what is wanted of a sign-in by a person.</summary>
internal static class SignInArguments
{
    /// <exception cref="ConfigurationException">InvalidDuration: a negative age.</exception>
    /// <exception cref="AuthenticationException">InvalidRequest: claims that are none.</exception>
    public static GrantInput AddTo(GrantInput input, TimeSpan? maxAge, string[]? acrValues, object? claims) => input with
    {
        MaximumAge = maxAge is { } most ? Duration.NotNegative(most, "-MaxAge") : null,
        ContextClasses = acrValues is null ? null : string.Join(" ", acrValues),
        ClaimsRequest = ClaimsArgument.Read(claims),
    };
}
