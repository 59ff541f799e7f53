using System;

namespace AuthModule.Sessions;

/// <summary>What a caller needs of the token that it gets.</summary>
/// <param name="MinimumLifetime">Time that must be left; null takes the default.</param>
/// <param name="Force">A new one, whatever there is.</param>
internal readonly record struct TokenRequirement(TimeSpan? MinimumLifetime, bool Force)
{
    /// <summary>A new sign-in of the person, as an API wants it; null takes what renews the session.</summary>
    public SignInDemand? SignIn { get; init; }

    public static TokenRequirement Default => default;

    public static TokenRequirement Now => new(null, true);
}
