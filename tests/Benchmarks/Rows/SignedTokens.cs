using System;
using System.Collections.Generic;
using AuthModule.TestKit.Jwts;
using AuthModule.TestKit.Time;
using AuthModule.Validation;
using Microsoft.IdentityModel.Tokens;

namespace AuthModule.Benchmarks.Rows;

/// <summary>Different good tokens of one issuer and algorithm, and what each side needs to validate them.</summary>
internal sealed class SignedTokens
{
    public SignedTokens(string algorithm, int count)
    {
        Tokens = new string[count];
        for (int i = 0; i < count; i++)
        {
            Dictionary<string, object?> claims = TestIssuer.Claims(Clock);
            claims["jti"] = Format.Text($"token-{i:000000}");
            Tokens[i] = Forge.Token(TestIssuer.Header(algorithm), claims, TestIssuer.Shared.KeyOf(algorithm));
        }

        Rules = TestIssuer.Shared.Rules(Clock);
        Parameters = new TokenValidationParameters
        {
            IssuerSigningKey = JsonWebKey.Create(Forge.Json(TestIssuer.Shared.KeyOf(algorithm).Jwk(TestIssuer.KeyIdOf(algorithm)))),
            ValidIssuer = TestIssuer.Name,
            ValidAudience = TestIssuer.Audience,
            ValidAlgorithms = [algorithm],
            ClockSkew = Rules.ClockSkew,
        };
    }

    /// <summary>Stands at the time of this run, as the peer knows no other.</summary>
    public ManualTimeProvider Clock { get; } = new(DateTimeOffset.UtcNow);

    public string[] Tokens { get; }

    public ValidationRules Rules { get; }

    public TokenValidationParameters Parameters { get; }
}
