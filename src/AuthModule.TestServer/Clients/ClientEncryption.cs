namespace AuthModule.TestServer.Clients;

/// <summary>What is encrypted to a client, and how.</summary>
/// <param name="Key">The client's public key, as a JWK.</param>
/// <param name="Algorithm">Of RFC 7518, section 4.1.</param>
internal sealed record ClientEncryption(string Key, string Algorithm)
{
    public bool OfIdTokens { get; init; } = true;

    public bool OfUserInfo { get; init; } = true;
}
