using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Benchmarks.Measurement;
using AuthModule.Validation;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace AuthModule.Benchmarks.Rows;

/// <summary>Validating a token that was never seen: signature, issuer, audience, times; beside Microsoft's handler with the key in hand.</summary>
internal sealed class ValidationBenchmark : IBenchmark
{
    // More than this the validator is not given before it is replaced by a new one, which has seen none of them.
    private const int Different = 512;

    public string Name => "validation";

    public string Summary => "validating RS256, ES256 and PS256 in the engine beside JsonWebTokenHandler";

    public bool NeedsPowerShell => false;

    public async Task<IReadOnlyList<Row>> RunAsync()
    {
        var rows = new List<Row>();
        foreach (string algorithm in (string[])["RS256", "ES256", "PS256"])
        {
            Comparison times = await MeasureAsync(algorithm, Different, (measured, floor) => new Pair(measured, floor));
            rows.Add(Row.AtMost($"validating {algorithm} in the engine", "JsonWebTokenHandler with the key in hand", times, 1.0));
        }

        return rows;
    }

    public static Task<Comparison> MeasureAsync(string algorithm, int different, Func<Func<int, Task>, Func<int, Task>, Pair> pair)
    {
        var signed = new SignedTokens(algorithm, different);
        ValidationRules rules = signed.Rules with { Clock = TimeProvider.System };
        var handler = new JsonWebTokenHandler();
        var validator = new TokenValidator();
        int next = 0, nextOfPeer = 0;
        return pair(
            async count =>
            {
                for (int i = 0; i < count; i++)
                {
                    TokenTestResult result = await validator.ValidateAsync(signed.Tokens[next], rules, CancellationToken.None);
                    WrongResultException.Require(result.IsValid, $"the engine refused a good {algorithm} token: {result.Failure}");
                    if (++next == different)
                    {
                        next = 0;
                        validator = new TokenValidator();
                    }
                }
            },
            async count =>
            {
                for (int i = 0; i < count; i++)
                {
                    TokenValidationResult result = await handler.ValidateTokenAsync(signed.Tokens[nextOfPeer], signed.Parameters);
                    WrongResultException.Require(result.IsValid, $"the peer refused a good {algorithm} token: {result.Exception?.GetType().Name}");
                    nextOfPeer = (nextOfPeer + 1) % different;
                }
            }).RunAsync();
    }
}
