using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using AuthModule.Core.Tests.Support;
using AuthModule.Requests;
using AuthModule.TestKit.Jwts;
using AuthModule.TestKit.Time;
using AuthModule.TokenTesting;
using AuthModule.Validation;
using Xunit;

namespace AuthModule.Core.Tests.Expectations;

/// <summary>An expected value is never lost on the way, wherever keys come from and however the service is named.</summary>
[Trait("Feature", "C8")]
public sealed class ExpectedValueTests
{
    [Fact]
    [Trait("Feature", "C9")]
    [Trait("Feature", "C10")]
    [Trait("Feature", "C13")]
    [Trait("Feature", "R33")]
    public async Task A_token_that_breaks_a_rule_is_refused_whatever_the_keys_come_from_and_however_its_service_is_named()
    {
        await using ExpectationBench bench = await ExpectationBench.StartAsync();
        var faults = new List<string>();
        int combinations = 0, refusals = 0;
        foreach (string source in ExpectationBench.Sources)
        {
            foreach (string name in ExpectationBench.Names.Where(name => ExpectationBench.Fits(source, name)))
            {
                combinations++;
                (EngineHost host, TokenTestRequest request, string issuer) = await bench.PrepareAsync(source, name);
                foreach (bool isHeader in (bool[])[false, true])
                {
                    string good = (await bench.MakeAsync(source, ExpectationBench.GoodClaims(issuer)))!;
                    async Task<TokenTestResult> TestAsync(string token, ExpectedRule? rule)
                    {
                        TokenTestRequest expecting = rule is null ? request : request with { Rules = rule.Expect(request.Rules) };
                        return isHeader
                            ? await host.Engine.Tester.TestHeaderAsync(host.Table, expecting, "Bearer " + token, host.Log, TestContext.Current.CancellationToken)
                            : await host.Engine.Tester.TestAsync(host.Table, expecting, token, host.Log, TestContext.Current.CancellationToken);
                    }

                    string where = $"{source}, {name}, {(isHeader ? "header" : "token")}";
                    TokenTestResult passed = await TestAsync(good, null);
                    if (!passed.IsValid || (source is not "introspection" and not "own issuer" && !passed.Checks.Any(check => check is { Name: CheckName.Issuer, Passed: true })))
                    {
                        faults.Add($"{where}: the good token: {string.Join("; ", passed.Checks)}");
                    }

                    foreach (ExpectedRule rule in ExpectedRule.All)
                    {
                        Dictionary<string, object?> claims = ExpectationBench.GoodClaims(issuer);
                        rule.Break?.Invoke(claims);
                        if (await bench.MakeAsync(source, claims) is not { } token)
                        {
                            continue;
                        }

                        TokenTestResult result = await TestAsync(token, rule);
                        refusals++;
                        if (result.IsValid || (result.Failure != rule.Failure && !(source == "offline" && rule.Name == "condition")))
                        {
                            faults.Add($"{where}, {rule}: {result.Failure ?? "passed"}: {string.Join("; ", result.Checks)}");
                        }

                        // A rule that the good token meets does not refuse it: the refusals above are of the rule.
                        if (rule.Break is not null && !(source == "offline" && rule.Name == "condition") && !(await TestAsync(good, rule)).IsValid)
                        {
                            faults.Add($"{where}, {rule}: the good token is refused");
                        }
                    }
                }
            }
        }

        Figures.Add("expected values", $"{combinations} combinations of keys and names, by token and by header, {refusals} wrong tokens refused");
        Assert.True(faults.Count == 0, string.Join("\n", faults.Take(20)));
        Assert.InRange(refusals, 900, int.MaxValue);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Keys_alone_name_no_issuer_and_the_result_says_what_to_add(bool isAddress)
    {
        await using ExpectationBench bench = await ExpectationBench.StartAsync();
        (EngineHost host, TokenTestRequest request, string issuer) = await bench.PrepareAsync(isAddress ? "key address" : "key file", "none");
        string token = (await bench.MakeAsync("key file", ExpectationBench.GoodClaims(issuer)))!;
        TokenTestResult result = await host.Engine.Tester.TestAsync(
            host.Table, request with { Rules = request.Rules with { Advise = true } }, token, host.Log, TestContext.Current.CancellationToken);

        Assert.True(result.IsValid, string.Join("; ", result.Checks));
        Assert.Equal((200, (string?)null), (result.StatusCode, result.Failure));
        TokenCheck row = Assert.Single(result.Checks, check => check.Name == CheckName.Issuer);
        Assert.Equal((false, false, (string?)null), (row.Passed, row.WasRun, row.Id));
        Assert.Contains("-Issuer", row.Reason);
        Assert.Contains("-Authority", row.Reason);
        Assert.Contains("-Issuer", Assert.Single(result.Advice, advice => advice.Rule == "IssuerNotCompared").Advice);
    }

    [Fact]
    public async Task A_server_that_is_asked_for_the_token_of_another_issuer_does_not_vouch_for_it_by_silence()
    {
        await using ExpectationBench bench = await ExpectationBench.StartAsync();
        (EngineHost host, TokenTestRequest request, string issuer) = await bench.PrepareAsync("introspection", "-Authority");
        Dictionary<string, object?> claims = ExpectationBench.GoodClaims(issuer);
        claims.Remove("iss");
        string token = (await bench.MakeAsync("introspection", claims))!;
        async Task<string?> TestAsync(params string[] issuers) => (await host.Engine.Tester.TestAsync(
            host.Table, request with { Rules = request.Rules with { Issuers = issuers } }, token, host.Log, TestContext.Current.CancellationToken)).Failure;

        Assert.Null(await TestAsync());
        Assert.Null(await TestAsync(issuer));
        Assert.Equal(AuthErrorId.IssuerMismatch, await TestAsync("https://other.example"));
    }

    [Theory]
    [InlineData("-Issuer")]
    [InlineData("-Audience")]
    [InlineData("-ClientId")]
    [InlineData("-RequiredScope")]
    [InlineData("-RequiredGroup")]
    [InlineData("-RequiredClaim")]
    public void A_rule_without_a_value_is_refused(string parameter)
    {
        var host = new EngineHost();
        foreach (string empty in (string[])["", " "])
        {
            ValidationRules rules = parameter switch
            {
                "-Issuer" => new() { Issuers = ["https://id.example.com", empty] },
                "-Audience" => new() { Audiences = [empty] },
                "-ClientId" => new() { ClientIds = [empty] },
                "-RequiredScope" => new() { RequiredScopes = ["a", empty] },
                "-RequiredGroup" => new() { RequiredGroups = [empty] },
                _ => new() { RequiredClaims = empty.Length == 0 ? new Dictionary<string, object?>() : new Dictionary<string, object?> { ["roles"] = System.Array.Empty<object>() } },
            };
            foreach (bool isOffline in (bool[])[false, true])
            {
                var request = new TokenTestRequest { Service = new TokenRequest { Authority = "https://id.example.com" }, Rules = rules with { Offline = isOffline } };
                ConfigurationException error = Assert.Throws<ConfigurationException>(() => host.Engine.Tester.PrepareTest(host.Table, request));
                Assert.Equal(AuthErrorId.MissingParameter, error.Code);
                Assert.StartsWith(parameter + " ", error.Message);
            }
        }
    }

    [Theory]
    [InlineData("9007199254740993", "9007199254740993", true)]
    [InlineData("9007199254740993", "9007199254740992", false)]
    [InlineData("9007199254740993", "9007199254740992.0", false)]
    [InlineData("18446744073709551615", "18446744073709551614", false)]
    [InlineData("18446744073709551615", "18446744073709551615", true)]
    [InlineData("0.1", "0.1", true)]
    [InlineData("0.1", "0.10000000000000000001", false)]
    [InlineData("1.0", "1", true)]
    [InlineData("1e3", "1000", true)]
    [InlineData("5", "5.5", false)]
    public async Task Numbers_are_compared_exactly(string claim, string wanted, bool isValid)
    {
        var clock = new ManualTimeProvider();
        Dictionary<string, object?> claims = TestIssuer.Claims(clock);
        claims["n"] = 0;
        string token = Forge.Token(Forge.Json(TestIssuer.Header()), Forge.Json(claims).Replace("\"n\":0", "\"n\":" + claim), TestIssuer.Shared.Rsa, "RS256");
        object[] values = wanted.EndsWith(".0", System.StringComparison.Ordinal)
            ? [double.Parse(wanted, CultureInfo.InvariantCulture)]
            : [decimal.Parse(wanted, CultureInfo.InvariantCulture), .. wanted.Contains('.') ? (object[])[] : [System.Numerics.BigInteger.Parse(wanted, CultureInfo.InvariantCulture)]];
        foreach (object value in values)
        {
            TokenTestResult result = await TestIssuer.TestAsync(token, TestIssuer.Shared.Rules(clock) with { RequiredClaims = new Dictionary<string, object?> { ["n"] = value } });
            Assert.Equal(isValid, result.IsValid);
        }
    }
}
