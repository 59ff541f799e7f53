using System;
using System.Globalization;
using AuthModule.Text;

namespace AuthModule.Sessions;

/// <summary>What an API wants of the sign-in behind a token (RFC 9470, section 3).</summary>
/// <param name="ContextClasses">One of these, separated by spaces (<c>acr_values</c>); null for any.</param>
/// <param name="MaximumAge">How long ago it may have been (<c>max_age</c>); null for any time.</param>
internal sealed record SignInDemand(string? ContextClasses, TimeSpan? MaximumAge)
{
    /// <summary>For a sentence: <c>acr_values 'mfa' and max_age 300</c>.</summary>
    public override string ToString()
    {
        string? classes = ContextClasses is null ? null : $"acr_values '{DisplayText.Text(ContextClasses)}'";
        string? age = MaximumAge is { } most ? "max_age " + most.TotalSeconds.ToString("0", CultureInfo.InvariantCulture) : null;
        return classes is null ? age ?? "a stronger sign-in" : age is null ? classes : $"{classes} and {age}";
    }

    /// <summary>The parameters of Get-AuthToken that ask for it.</summary>
    public string ToParameters() => string.Concat(
        ContextClasses is null ? string.Empty : $" -AcrValues {DisplayText.Text(ContextClasses).Replace(" ", ", ")}",
        MaximumAge is { } most ? " -MaxAge " + most.TotalSeconds.ToString("0", CultureInfo.InvariantCulture) : string.Empty);
}
