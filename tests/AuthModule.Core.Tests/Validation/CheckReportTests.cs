using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.TestKit.Jwts;
using AuthModule.TestKit.Time;
using AuthModule.Validation;
using Xunit;

namespace AuthModule.Core.Tests.Validation;

[Trait("Feature", "N6")]
public class CheckReportTests
{
    private readonly ManualTimeProvider clock = new();

    [Fact]
    public async Task All_failures_are_listed_and_the_first_one_names_the_result()
    {
        ValidationRules rules = TestIssuer.Shared.Rules(clock) with
        {
            Audiences = ["billing"],
            ClientIds = ["daily"],
            RequiredScopes = ["admin"],
            RequiredGroups = ["root"],
            Condition = _ => false,
        };
        string token = TestIssuer.Shared.Token(clock, (_, claims) => claims["iss"] = "https://evil.example");
        clock.Advance(TimeSpan.FromSeconds(3600 + 723));
        TokenTestResult result = await TestIssuer.TestAsync(token, rules);

        Assert.Equal(
            ["IssuerMismatch", "AudienceMismatch", "ClientMismatch", "TokenExpired", "InsufficientScope", "ClaimMismatch", "ClaimMismatch"],
            result.Checks.Where(check => !check.Passed).Select(check => check.Id!));
        Assert.Equal(AuthErrorId.IssuerMismatch, result.Failure);
        Assert.Equal(401, result.StatusCode);
        Assert.Equal("expired 12 minutes 3 seconds ago (skew 1 minute)", result.Checks.Single(check => check.Name == "Lifetime").Reason);
        Assert.Equal(TimeSpan.FromSeconds(-723), result.ExpiresIn);
    }

    [Fact]
    public async Task A_check_that_could_not_run_has_not_passed_and_says_why()
    {
        ValidationRules rules = TestIssuer.Shared.Rules(clock) with { RequiredScopes = ["orders.read"], Condition = _ => true };
        TokenTestResult result = await TestIssuer.TestAsync("not.a.token", rules);

        Assert.Equal(AuthErrorId.TokenMalformed, result.Failure);
        TokenCheck[] rest = [.. result.Checks.Skip(1)];
        Assert.NotEmpty(rest);
        Assert.All(rest, check =>
        {
            Assert.False(check.Passed);
            Assert.False(check.WasRun);
            Assert.Null(check.Id);
            Assert.StartsWith("not run: ", check.Reason, StringComparison.Ordinal);
        });
    }

    [Fact]
    [Trait("Feature", "C12")]
    public async Task The_users_rule_never_sees_claims_that_nobody_vouches_for()
    {
        bool wasAsked = false;
        ValidationRules rules = TestIssuer.Shared.Rules(clock) with
        {
            Condition = _ =>
            {
                wasAsked = true;
                return true;
            },
        };
        string forged = Forge.Token(TestIssuer.Header(), TestIssuer.Claims(clock), TestIssuer.Shared.Stranger);
        TokenTestResult result = await TestIssuer.TestAsync(forged, rules);

        Assert.False(result.IsValid);
        Assert.False(wasAsked);
        Assert.False(result.Checks.Single(check => check.Name == "Condition").Passed);
    }

    [Fact]
    [Trait("Feature", "C12")]
    public async Task The_users_rule_can_be_asked_afterwards_on_a_thread_of_the_callers_choice()
    {
        ValidationRules rules = TestIssuer.Shared.Rules(clock);
        TokenTestResult good = await TestIssuer.TestAsync(TestIssuer.Shared.Token(clock), rules);
        Assert.True(TokenValidator.AskCondition(good, claims => (string?)claims["sub"] == "alice").IsValid);

        TokenTestResult refused = TokenValidator.AskCondition(good, claims => (string?)claims["sub"] == "bob");
        Assert.Equal(AuthErrorId.ClaimMismatch, refused.Failure);
        Assert.Equal(403, refused.StatusCode);

        TokenTestResult forged = await TestIssuer.TestAsync(Forge.Token(TestIssuer.Header(), TestIssuer.Claims(clock), TestIssuer.Shared.Stranger), rules);
        Assert.False(TokenValidator.AskCondition(forged, _ => throw new InvalidOperationException("asked")).Checks[^1].WasRun);
    }

    [Fact]
    public async Task What_a_token_says_cannot_steer_a_terminal_or_fill_a_screen()
    {
        string token = TestIssuer.Shared.Token(clock, (_, claims) => claims["iss"] = "\u001b[2J\u202e" + new string('x', 5000));
        TokenTestResult result = await TestIssuer.TestAsync(token, TestIssuer.Shared.Rules(clock));
        string reason = result.Checks.Single(check => check.Name == "Issuer").Reason;

        Assert.DoesNotContain('\u001b', reason);
        Assert.DoesNotContain('\u202e', reason);
        Assert.InRange(reason.Length, 1, 200);
    }

    [Fact]
    public async Task Offline_looks_at_shape_and_expiry_only()
    {
        ValidationRules rules = new() { Offline = true, Clock = clock };
        string forged = Forge.Token(TestIssuer.Header(), TestIssuer.Claims(clock), TestIssuer.Shared.Stranger);
        TokenTestResult result = await TestIssuer.TestAsync(forged, rules);
        Assert.True(result.IsValid);
        Assert.Equal(["Shape", "Lifetime"], result.Checks.Select(check => check.Name));

        clock.Advance(TimeSpan.FromHours(2));
        Assert.Equal(AuthErrorId.TokenExpired, (await TestIssuer.TestAsync(forged, rules)).Failure);
        Assert.Equal(AuthErrorId.TokenMalformed, (await TestIssuer.TestAsync("opaque", rules)).Failure);
        Assert.Equal(AuthErrorId.KeyNotFound, (await TestIssuer.TestAsync(JweForge.Token(forged), rules)).Failure);
    }

    [Fact]
    public async Task A_canceled_test_gives_no_result()
    {
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => new TokenValidator().ValidateAsync(TestIssuer.Shared.Token(clock), TestIssuer.Shared.Rules(clock), stop.Token));
    }

    [Theory]
    [Trait("Feature", "C8")]
    [InlineData(59, true)]
    [InlineData(60, true)]
    [InlineData(61, false)]
    public async Task A_start_in_the_future_is_forgiven_within_the_skew(int seconds, bool isValid)
    {
        string token = TestIssuer.Shared.Token(clock, (_, claims) => claims["nbf"] = clock.GetUtcNow().ToUnixTimeSeconds() + seconds);
        Assert.Equal(isValid, (await TestIssuer.TestAsync(token, TestIssuer.Shared.Rules(clock))).IsValid);
        Assert.False((await TestIssuer.TestAsync(token, TestIssuer.Shared.Rules(clock) with { ClockSkew = TimeSpan.Zero })).IsValid);
    }
}
