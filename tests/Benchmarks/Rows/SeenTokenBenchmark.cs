using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Benchmarks.Measurement;
using AuthModule.TestKit.Jwts;
using AuthModule.Validation;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace AuthModule.Benchmarks.Rows;

/// <summary>Validating a token again: its signature is known to be good, its time and its key are looked at each time.</summary>
internal sealed class SeenTokenBenchmark : IBenchmark
{
    public string Name => "seen";

    public string Summary => "validating a token that was seen before beside JsonWebTokenHandler";

    public bool NeedsPowerShell => false;

    public async Task<IReadOnlyList<Row>> RunAsync()
    {
        var rows = new List<Row>();
        foreach (string algorithm in (string[])["RS256", "ES256", "PS256"])
        {
            Comparison times = await MeasureAsync(algorithm, (measured, floor) => new Pair(measured, floor));
            rows.Add(Row.Faster($"{algorithm} token seen before, in the engine", "JsonWebTokenHandler with the key in hand", times, 10));
        }

        return rows;
    }

    public static async Task<Comparison> MeasureAsync(string algorithm, Func<Func<int, Task>, Func<int, Task>, Pair> pair)
    {
        var signed = new SignedTokens(algorithm, 1);
        string token = signed.Tokens[0];
        ValidationRules rules = signed.Rules with { Clock = TimeProvider.System };
        var handler = new JsonWebTokenHandler();
        var validator = new TokenValidator();
        Comparison times = await pair(
            async count =>
            {
                for (int i = 0; i < count; i++)
                {
                    TokenTestResult result = await validator.ValidateAsync(token, rules, CancellationToken.None);
                    WrongResultException.Require(result.IsValid, $"the engine refused a good {algorithm} token: {result.Failure}");
                }
            },
            async count =>
            {
                for (int i = 0; i < count; i++)
                {
                    TokenValidationResult result = await handler.ValidateTokenAsync(token, signed.Parameters);
                    WrongResultException.Require(result.IsValid, $"the peer refused a good {algorithm} token: {result.Exception?.GetType().Name}");
                }
            }).RunAsync();

        // What was seen must not live longer for it, nor outlive its key.
        ValidationRules withoutKey = rules with { Keys = TestIssuer.Source(SigningKey.Set(TestIssuer.Shared.Stranger.Jwk("another"))) };
        TokenTestResult orphan = await validator.ValidateAsync(token, withoutKey, CancellationToken.None);
        WrongResultException.Require(orphan.Failure == AuthErrorId.KeyNotFound, "a token whose key was removed was served because it had been seen");
        signed.Clock.Advance(TimeSpan.FromHours(1) + rules.ClockSkew);
        TokenTestResult late = await validator.ValidateAsync(token, rules with { Clock = signed.Clock }, CancellationToken.None);
        WrongResultException.Require(late.Failure == AuthErrorId.TokenExpired, "a token past its expiry was served because it had been seen");
        return times;
    }
}
