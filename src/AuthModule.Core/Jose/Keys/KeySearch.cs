namespace AuthModule.Jose.Keys;

/// <summary>What looking for a token's key has found.</summary>
internal sealed class KeySearch
{
    private KeySearch(VerificationKey? key, string? id, string? fault)
    {
        Key = key;
        FaultId = id;
        Fault = fault;
    }

    /// <summary>Null when there is none to verify with.</summary>
    public VerificationKey? Key { get; }

    /// <summary>KeyNotFound, or AlgorithmNotAllowed when there is a key but not for this algorithm.</summary>
    public string? FaultId { get; }

    public string? Fault { get; }

    /// <summary>Newer keys may have what these lack.</summary>
    public bool IsUnknown => FaultId == AuthErrorId.KeyNotFound;

    /// <summary>Whose keys were searched, for reasons.</summary>
    public required string Origin { get; init; }

    /// <summary>The issuer that publishes these keys; null when that is not known.</summary>
    public string? Issuer { get; init; }

    /// <summary>The set; null for a secret.</summary>
    public KeySet? Keys { get; init; }

    public static KeySearch Found(VerificationKey key, KeySet keys) => new(key, null, null) { Origin = keys.Origin, Issuer = keys.Issuer, Keys = keys };

    public static KeySearch Secret(VerificationKey key) => new(key, null, null) { Origin = "the secret that was given" };

    public static KeySearch Unfit(string fault, string origin, KeySet? keys = null) =>
        new(null, AuthErrorId.AlgorithmNotAllowed, fault) { Origin = origin, Issuer = keys?.Issuer, Keys = keys };

    public static KeySearch NotFound(string fault, KeySet keys) =>
        new(null, AuthErrorId.KeyNotFound, fault) { Origin = keys.Origin, Issuer = keys.Issuer, Keys = keys };
}
