using System;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Telemetry;
using AuthModule.TestKit.Time;
using AuthModule.Validation;
using AuthModule.Validation.Introspection;
using Xunit;

namespace AuthModule.Core.Tests.Validation;

[Trait("Feature", "R11")]
public class IntrospectionTests
{
    private readonly ManualTimeProvider clock = new();
    private string reply = string.Empty;
    private int asked;

    private long Now => clock.GetUtcNow().ToUnixTimeSeconds();

    private ValidationRules Rules => new() { Clock = clock };

    [Fact]
    public async Task An_active_token_is_valid_with_what_the_server_says_of_it()
    {
        reply = $$"""{"active":true,"scope":"a b","client_id":"nightly","sub":"alice","aud":["orders","x"],"iss":"https://id.example.com","exp":{{Now + 600}},"groups":["staff"]}""";
        ValidationRules rules = Rules with { Issuers = ["https://id.example.com"], Audiences = ["orders"], ClientIds = ["nightly"], RequiredScopes = ["b"], RequiredGroups = ["staff"] };
        TokenTestResult result = await TestAsync(NewIntrospector(), "opaque", rules);

        Assert.True(result.IsValid, string.Join("; ", result.Checks));
        Assert.Equal("alice", result.Subject);
        Assert.Equal(["a", "b"], result.Scopes);
        Assert.Equal(clock.GetUtcNow().AddMinutes(10), result.ExpiresOn);
        Assert.Equal(["Active", "Issuer", "Audience", "Client", "Lifetime", "Scopes", "Groups"], result.Checks.Select(check => check.Name));
    }

    [Theory]
    [InlineData("""{"active":false}""", AuthErrorId.TokenInactive)]
    [InlineData("""{"active":false,"sub":"alice","exp":4102444800}""", AuthErrorId.TokenInactive)]
    [InlineData("""{"active":true,"exp":1}""", AuthErrorId.TokenExpired)]
    [InlineData("""{"active":true,"exp":"4102444800"}""", AuthErrorId.TokenMalformed)]
    [InlineData("""{"active":true,"nbf":4102444800}""", AuthErrorId.TokenNotYetValid)]
    [InlineData("""{"active":true,"iss":"https://other.example.com"}""", AuthErrorId.IssuerMismatch)]
    [InlineData("""{"active":true,"token_type":"refresh_token"}""", AuthErrorId.TokenUseMismatch)]
    [InlineData("""{"active":true,"typ":"Refresh"}""", AuthErrorId.TokenUseMismatch)]
    [InlineData("""{"active":true,"token_use":"id"}""", AuthErrorId.TokenUseMismatch)]
    public async Task Whatever_speaks_against_it_refuses_it(string answer, string expected)
    {
        reply = answer;
        TokenTestResult result = await TestAsync(NewIntrospector(), "opaque", Rules with { Issuers = ["https://id.example.com"] });
        Assert.False(result.IsValid);
        Assert.Equal(expected, result.Failure);
        Assert.Equal(401, result.StatusCode);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"active":"true"}""")]
    [InlineData("""{"active":1}""")]
    [InlineData("""{"active":null}""")]
    [InlineData("""{"active":false,"active":true}""")]
    [InlineData("[]")]
    public async Task A_reply_that_says_neither_yes_nor_no_is_an_error(string answer)
    {
        reply = answer;
        AuthServiceException error = await Assert.ThrowsAsync<AuthServiceException>(() => TestAsync(NewIntrospector(), "opaque", Rules));
        Assert.Equal(AuthErrorId.MalformedResponse, error.Code);
    }

    [Fact]
    public async Task An_audience_or_a_client_that_is_asked_for_must_be_told()
    {
        reply = """{"active":true}""";
        Assert.Equal(AuthErrorId.AudienceMismatch, (await TestAsync(NewIntrospector(), "a", Rules with { Audiences = ["orders"] })).Failure);
        Assert.Equal(AuthErrorId.ClientMismatch, (await TestAsync(NewIntrospector(), "a", Rules with { ClientIds = ["nightly"] })).Failure);
        TokenTestResult poor = await TestAsync(NewIntrospector(), "a", Rules with { RequiredScopes = ["admin"] });
        Assert.Equal(AuthErrorId.InsufficientScope, poor.Failure);
        Assert.Equal(403, poor.StatusCode);
    }

    [Fact]
    public async Task An_answer_is_remembered_for_its_lifetime_and_no_longer()
    {
        Introspector introspector = NewIntrospector();
        reply = """{"active":true}""";
        Assert.True((await TestAsync(introspector, "a", Rules)).IsValid);
        reply = """{"active":false}""";
        clock.Advance(TimeSpan.FromSeconds(59));
        Assert.True((await TestAsync(introspector, "a", Rules)).IsValid);
        Assert.Equal(1, asked);
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.False((await TestAsync(introspector, "a", Rules)).IsValid);
        Assert.Equal(2, asked);
    }

    [Fact]
    public async Task An_answer_is_not_remembered_longer_than_the_token_lives()
    {
        Introspector introspector = NewIntrospector();
        reply = $$"""{"active":true,"exp":{{Now + 10}}}""";
        Assert.True((await TestAsync(introspector, "a", Rules)).IsValid);
        clock.Advance(TimeSpan.FromSeconds(10));
        reply = """{"active":false}""";
        Assert.Equal(AuthErrorId.TokenInactive, (await TestAsync(introspector, "a", Rules)).Failure);
    }

    [Fact]
    public async Task A_no_is_never_remembered_and_a_revoked_token_can_be_forgotten()
    {
        Introspector introspector = NewIntrospector();
        reply = """{"active":false}""";
        Assert.False((await TestAsync(introspector, "a", Rules)).IsValid);
        reply = """{"active":true}""";
        Assert.True((await TestAsync(introspector, "a", Rules)).IsValid);
        introspector.Forget("a");
        reply = """{"active":false}""";
        Assert.False((await TestAsync(introspector, "a", Rules)).IsValid);
        Assert.Equal(3, asked);
    }

    [Fact]
    public async Task Many_callers_with_one_token_are_one_request()
    {
        var gate = new TaskCompletionSource();
        var introspector = new Introspector(
            async (_, _) =>
            {
                Interlocked.Increment(ref asked);
                await gate.Task;
                return JsonElement.Parse("""{"active":true}""");
            },
            "https://id.example.com");
        Task<TokenTestResult>[] callers = [.. Enumerable.Range(0, 20).Select(_ => TestAsync(introspector, "a", Rules))];
        gate.SetResult();

        Assert.All(await Task.WhenAll(callers), result => Assert.True(result.IsValid));
        Assert.Equal(1, asked);
    }

    [Theory]
    [Trait("Feature", "G14")]
    [InlineData('x', 0)]
    [InlineData('x', 10 * 1024 * 1024)]
    [InlineData('\u00e9', 43)]
    [InlineData('\n', 43)]
    public async Task An_empty_oversized_or_strange_token_is_refused_without_asking(char letter, int length)
    {
        reply = """{"active":true}""";
        TokenTestResult result = await TestAsync(NewIntrospector(), new string(letter, length), Rules);
        Assert.Equal(AuthErrorId.TokenMalformed, result.Failure);
        Assert.Equal(0, asked);
    }

    private static Task<TokenTestResult> TestAsync(Introspector introspector, string token, ValidationRules rules) =>
        introspector.TestAsync(token, rules, NoLog.Instance, TestContext.Current.CancellationToken).AsTask();

    private Introspector NewIntrospector() => new(
        (_, _) =>
        {
            asked++;
            return Task.FromResult(JsonElement.Parse(reply));
        },
        "https://id.example.com");
}
