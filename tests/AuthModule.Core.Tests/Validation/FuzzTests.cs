#pragma warning disable CA5394 // A seeded source on purpose: a failure must repeat.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using AuthModule.Core.Tests.Support;
using AuthModule.Jose.Encryption;
using AuthModule.Jose.Tokens;
using AuthModule.TestKit.Jwts;
using AuthModule.TestKit.Time;
using AuthModule.Text;
using AuthModule.Validation;
using Xunit;

namespace AuthModule.Core.Tests.Validation;

/// <summary>100,000 tokens that were good once and then changed at random: none passes, none makes the validator throw. Seeded, so that a failure repeats.</summary>
[Trait("Feature", "R16")]
public class FuzzTests
{
    private const int Count = 100_000;
    private const int Workers = 8;

    private readonly ManualTimeProvider clock = new();

    [Fact]
    public async Task No_changed_token_passes_and_none_breaks_the_validator()
    {
        string[] good = Good();
        var validator = new TokenValidator();
        ValidationRules rules = TestIssuer.Shared.Rules(clock) with { Decryption = DecryptionKey.From(JweForge.Recipient), RequiredScopes = ["orders.read"] };
        foreach (string token in good)
        {
            Assert.True((await validator.ValidateAsync(token, rules, TestContext.Current.CancellationToken)).IsValid);
        }

        int[] tested = await Task.WhenAll(Enumerable.Range(0, Workers).Select(worker => Task.Run(() => FuzzAsync(worker, good, validator, rules))));
        Figures.Add("fuzz validator of tokens", $"{tested.Sum()} changed tokens, none passed (seeds 0 to {Workers - 1})");
        Assert.Equal(Count, tested.Sum());
    }

    private static async Task<int> FuzzAsync(int seed, string[] good, TokenValidator validator, ValidationRules rules)
    {
        var random = new Random(seed);
        int tested = 0;
        while (tested < Count / Workers)
        {
            string token = Mutate(good[random.Next(good.Length)], good, random);
            if (good.Contains(token))
            {
                continue;
            }

            TokenTestResult result;
            try
            {
                result = await validator.ValidateAsync(token, rules, TestContext.Current.CancellationToken);
            }
            catch (Exception thrown)
            {
                throw new Xunit.Sdk.XunitException($"seed {seed}, number {tested}: {thrown.GetType().Name} for {token}\n{thrown}");
            }

            Assert.False(result.IsValid, $"seed {seed}, number {tested} passed: {token}");
            Assert.NotNull(result.Failure);
            Assert.Equal(401, result.StatusCode);
            JwtDecoder.TryDecode(token, out _);
            tested++;
        }

        return tested;
    }

    private string[] Good() =>
    [
        TestIssuer.Shared.Token(clock),
        TestIssuer.Shared.Token(clock, "PS256"),
        TestIssuer.Shared.Token(clock, "ES256"),
        TestIssuer.Shared.Token(clock, "ES512"),
        JweForge.Token(TestIssuer.Shared.Token(clock, "ES256")),
    ];

    private static string Mutate(string token, string[] good, Random random)
    {
        for (int times = random.Next(1, 4); times > 0; times--)
        {
            token = random.Next(10) switch
            {
                0 => Replace(token, random, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"),
                1 => Replace(token, random, ".=+/ \0\r\n\"{}%\u00e9\u2028\ud800"),
                2 => token.Remove(random.Next(token.Length), 1),
                3 => token.Insert(random.Next(token.Length), ((char)random.Next(1, 0x250)).ToString()),
                4 => token[..random.Next(token.Length)] + "A",
                5 => SwapPart(token, good[random.Next(good.Length)], random),
                6 => FlipBit(token, random),
                7 => EditJson(token, random),
                8 => token + token[..random.Next(token.Length)],
                _ => Shuffle(token, random),
            };
        }

        return token;
    }

    private static string Replace(string token, Random random, string letters)
    {
        int at = random.Next(token.Length);
        return token[..at] + letters[random.Next(letters.Length)] + token[(at + 1)..];
    }

    private static string SwapPart(string token, string other, Random random)
    {
        string[] parts = token.Split('.');
        string[] others = other.Split('.');
        parts[random.Next(parts.Length)] = others[random.Next(others.Length)];
        return string.Join('.', parts);
    }

    private static string FlipBit(string token, Random random) => EditPart(token, random.Next(5), random, bytes =>
    {
        bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
        return bytes;
    });

    // Header or payload stays JSON, with something in it that an attacker would like to have there.
    private static string EditJson(string token, Random random) => EditPart(token, random.Next(2), random, bytes =>
    {
        string json = Encoding.UTF8.GetString(bytes);
        string[] wishes =
        [
            "\"alg\":\"none\"", "\"alg\":\"HS256\"", "\"kid\":\"e1\"", "\"kid\":null", "\"sub\":\"root\"", "\"exp\":1e999", "\"exp\":\"9999999999\"",
            "\"aud\":[\"orders\",1]", "\"crit\":[\"x\"]", "\"x\":[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]", "\"x\":\"\\ud800\"", "\"zip\":\"DEF\"", "\"enc\":\"A128CBC-HS256\"",
        ];
        string wish = wishes[random.Next(wishes.Length)];
        return Encoding.UTF8.GetBytes(json.StartsWith('{') ? "{" + wish + "," + json[1..] : wish);
    });

    private static string EditPart(string token, int index, Random random, Func<byte[], byte[]> edit)
    {
        string[] parts = token.Split('.');
        index %= parts.Length;
        if (Base64Url.TryDecode(parts[index], out byte[] bytes) && bytes.Length > 0)
        {
            parts[index] = Base64Url.Encode(edit(bytes));
        }

        return string.Join('.', parts);
    }

    private static string Shuffle(string token, Random random)
    {
        List<string> parts = [.. token.Split('.')];
        int from = random.Next(parts.Count);
        string moved = parts[from];
        parts.RemoveAt(from);
        parts.Insert(random.Next(parts.Count + 1), moved);
        return string.Join('.', parts);
    }
}
