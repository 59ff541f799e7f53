using System;
using System.Globalization;
using AuthModule.Errors;
using AuthModule.Platform;
using AuthModule.Stores;

namespace AuthModule.Issuing;

/// <summary>Makes issuers from what the caller says, then from the variables that users of local issuers set already.</summary>
internal static class IssuerFactory
{
    public const string TokenLifetimeVariable = "AUTH_TOKEN_TTL";
    public const string RefreshLifetimeVariable = "AUTH_REFRESH_TTL";
    public const string RedisHostVariable = "REDIS_HOST";
    public const string RedisPortVariable = "REDIS_PORT";

    private const string DefaultRedisPort = "6379";

    /// <param name="wish">What the caller says.</param>
    /// <param name="open">Opens a store by its name.</param>
    /// <param name="environment">The variables.</param>
    /// <param name="clock">The time.</param>
    /// <exception cref="ConfigurationException">InvalidDuration: a lifetime that is none.</exception>
    public static AuthIssuer Create(IssuerOptions wish, Func<string, ITokenStore> open, IEnvironment environment, TimeProvider clock) =>
        new(wish.Store ?? (StoreName(wish, environment) is { } name && name != "memory" ? open(name) : new MemoryStore(clock)), clock)
        {
            TokenLifetime = wish.TokenLifetime ?? Seconds(environment, TokenLifetimeVariable) ?? AuthIssuer.DefaultTokenLifetime,
            RefreshLifetime = wish.RefreshLifetime ?? Seconds(environment, RefreshLifetimeVariable) ?? AuthIssuer.DefaultRefreshLifetime,
            TokenFormat = wish.TokenFormat,
            TracksUsage = wish.TracksUsage,
            TokenRateLimit = wish.TokenRateLimit,
            ClientRateLimit = wish.ClientRateLimit,
            RateWindow = wish.RateWindow ?? AuthIssuer.DefaultRateWindow,
        };

    private static string? StoreName(IssuerOptions wish, IEnvironment environment) =>
        wish.StoreName
        ?? (environment.Get(RedisHostVariable) is { } host
            ? $"redis://{host}:{environment.Get(RedisPortVariable) ?? DefaultRedisPort}/0"
            : null);

    private static TimeSpan? Seconds(IEnvironment environment, string variable)
    {
        if (environment.Get(variable) is not { } text)
        {
            return null;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int seconds) && seconds > 0
            ? TimeSpan.FromSeconds(seconds)
            : throw AuthError.Create(AuthErrorId.InvalidDuration, $"{variable} is '{text}', which is not a number of seconds above zero.");
    }
}
