using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Jose.Keys;
using AuthModule.TestKit.Time;
using AuthModule.Validation;

namespace AuthModule.TestKit.Jwts;

/// <summary>An issuer with keys made for this run, and the rules of an endpoint that trusts it.</summary>
internal sealed class TestIssuer
{
    public const string Name = "https://id.example.com";
    public const string Audience = "orders";
    public const string Client = "nightly";

    // Making RSA keys takes long; what is tested does not depend on whose they are.
    private static readonly Lazy<TestIssuer> SharedInstance = new(() => new TestIssuer());

    public static TestIssuer Shared => SharedInstance.Value;

    public SigningKey Rsa { get; } = SigningKey.NewRsa();

    public SigningKey Ec256 { get; } = SigningKey.NewEc("P-256");

    public SigningKey Ec384 { get; } = SigningKey.NewEc("P-384");

    public SigningKey Ec521 { get; } = SigningKey.NewEc("P-521");

    public SigningKey Stranger { get; } = SigningKey.NewRsa();

    public byte[] Jwks => SigningKey.Set(Rsa.Jwk("r1"), Ec256.Jwk("e1"), Ec384.Jwk("e2"), Ec521.Jwk("e3"), Rsa.Jwk("r-enc", use: "enc"));

    public SigningKey KeyOf(string algorithm) => algorithm switch
    {
        "ES256" => Ec256,
        "ES384" => Ec384,
        "ES512" => Ec521,
        _ => Rsa,
    };

    public static string KeyIdOf(string algorithm) => algorithm switch { "ES256" => "e1", "ES384" => "e2", "ES512" => "e3", _ => "r1" };

    public static IKeySource Source(byte[] jwks, string? issuer = Name) => new FixedKeySource(JwkReader.TryReadSet(jwks, issuer ?? "the key file", issuer)!);

    public ValidationRules Rules(ManualTimeProvider clock) => new()
    {
        Keys = Source(Jwks),
        Audiences = [Audience],
        Clock = clock,
    };

    public static Dictionary<string, object?> Header(string algorithm = "RS256", string? kid = null) =>
        new() { ["alg"] = algorithm, ["typ"] = "at+jwt", ["kid"] = kid ?? KeyIdOf(algorithm) };

    public static Dictionary<string, object?> Claims(ManualTimeProvider clock) => new()
    {
        ["iss"] = Name,
        ["sub"] = "alice",
        ["aud"] = Audience,
        ["client_id"] = Client,
        ["scope"] = "orders.read orders.list",
        ["groups"] = new[] { "staff", "night shift" },
        ["iat"] = clock.GetUtcNow().ToUnixTimeSeconds() - 60,
        ["exp"] = clock.GetUtcNow().ToUnixTimeSeconds() + 3600,
        ["jti"] = "j1",
    };

    public string Token(ManualTimeProvider clock, string algorithm = "RS256") => Forge.Token(Header(algorithm), Claims(clock), KeyOf(algorithm));

    /// <summary>A good token with one thing changed, signed by the right key all the same.</summary>
    public string Token(ManualTimeProvider clock, Action<Dictionary<string, object?>, Dictionary<string, object?>> change)
    {
        Dictionary<string, object?> header = Header();
        Dictionary<string, object?> claims = Claims(clock);
        change(header, claims);
        return Forge.Token(Forge.Json(header), Forge.Json(claims), Rsa, "RS256");
    }

    public static Task<TokenTestResult> TestAsync(string token, ValidationRules rules) =>
        new TokenValidator().ValidateAsync(token, rules, CancellationToken.None);
}
