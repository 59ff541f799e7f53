using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using AuthModule.Core.Tests.Support;
using AuthModule.Requests;
using AuthModule.Secrets;
using AuthModule.TestKit.Servers;
using AuthModule.TestKit.Time;

namespace AuthModule.Core.Tests.Providers.Language;

/// <summary>Sign-ins that take a second step.</summary>
public sealed class TwoStepTests
{
    private const string Asked = """{"mfa_required":true,"challenge_id":"challenge-1","available_methods":["totp",{"type":"sms"}]}""";

    private const string Description = """
        "grants": { "password": {
          "endpoint": "{authority}/login", "encoding": "json", "credential": "none", "fields": { "user": "{username}" },
          "challenge": {
            "when": "mfa_required", "methods": "available_methods", "keep": { "challengeId": { "from": "challenge_id", "secret": true } },
            "answer": { "endpoint": "{authority}/verify", "encoding": "json", "fields": { "challenge_id": "{challengeId}", "method": "{mfaMethod?}", "code": "{otp}" } }
          } } }
        """;

    [Fact]
    [Trait("Feature", "S5")]
    public async Task A_challenge_without_a_code_names_the_methods()
    {
        await using ScriptedServer server = (await ScriptedServer.StartAsync()).On("POST", "/login", Asked);
        AuthException error = await Assert.ThrowsAnyAsync<AuthException>(() => Described.By(Description).GetAsync(Described.Person(server.Address)));
        Assert.Equal(AuthErrorId.MfaRequired, error.Code);
        Assert.Equal(["totp", "sms"], error.MfaMethods);
        Assert.Contains("totp, sms", error.Message, System.StringComparison.Ordinal);
        Assert.True(error.IsInteractionRequired);
    }

    [Theory]
    [Trait("Feature", "S5")]
    [InlineData("""{"mfa_required":true,"challenge_id":"c1","available_methods":["totp"]}""", 200, "totp")]
    [InlineData("""{"data":{"mfaRequired":true,"methods":["push"]}}""", 200, "push")]
    [InlineData("""{"stateToken":"s1","status":"MFA_REQUIRED","_embedded":{"factors":[{"factorType":"token:software:totp"}]}}""", 200, "token:software:totp")]
    [InlineData("""{"ChallengeName":"SOFTWARE_TOKEN_MFA","Session":"x"}""", 200, null)]
    [InlineData("""{"error":"mfa_required","mfa_token":"m1"}""", 403, null)]
    public async Task A_second_factor_is_known_without_a_description_of_it(string reply, int status, string? method)
    {
        await using ScriptedServer server = (await ScriptedServer.StartAsync()).On("POST", "/login", reply, status);
        AuthException error = await Assert.ThrowsAnyAsync<AuthException>(() => Described
            .By(""" "grants": { "password": { "endpoint": "{authority}/login", "credential": "none" } } """).GetAsync(Described.Person(server.Address)));
        Assert.Equal(AuthErrorId.MfaRequired, error.Code);
        Assert.Equal(method is null ? [] : [method], error.MfaMethods);
    }

    [Theory]
    [Trait("Feature", "S5")]
    [InlineData(null, "totp")]
    [InlineData("sms", "sms")]
    public async Task With_a_code_the_second_request_is_sent(string? wanted, string method)
    {
        await using ScriptedServer server = (await ScriptedServer.StartAsync()).On("POST", "/login", Asked).On("POST", "/verify", """{"access_token":"t1"}""");
        TokenRequest request = Described.Person(server.Address, otp: "123456");
        AuthToken token = await Described.By(Description).GetAsync(wanted is null ? request : request.With(("mfaMethod", wanted)));
        Assert.Equal("t1", token.ToPlainText());
        Assert.Equal(["""{"user":"ann"}""", $$"""{"challenge_id":"challenge-1","method":"{{method}}","code":"123456"}"""], server.Requests.Select(sent => sent.Body));
    }

    [Fact]
    [Trait("Feature", "S5")]
    public async Task A_person_who_is_there_is_asked_and_a_wrong_code_says_so()
    {
        await using ScriptedServer server = (await ScriptedServer.StartAsync()).On("POST", "/login", Asked)
            .On("POST", "/verify", sent => new ScriptedReply("""{"message":"no challenge-1 code"}""", 400));
        var questions = new List<string>();
        TokenRequest request = Described.Person(server.Address) with { IsNonInteractive = false };
        request = request with
        {
            Input = request.Input with
            {
                AskForCode = (question, _) =>
                {
                    questions.Add(question);
                    return Task.FromResult<Secret?>(Secret.From("000000"));
                },
            },
        };
        AuthException error = await Assert.ThrowsAnyAsync<AuthException>(() => Described.By(Description).GetAsync(request));
        Assert.Equal(AuthErrorId.InvalidOtp, error.Code);
        Assert.DoesNotContain("challenge-1", error.Message, System.StringComparison.Ordinal);
        Assert.Contains("totp, sms", Assert.Single(questions), System.StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Feature", "S5")]
    public async Task A_push_is_asked_for_and_polled()
    {
        int polls = 0;
        await using ScriptedServer server = (await ScriptedServer.StartAsync())
            .On("POST", "/login", """{"state":"MFA","id":"c9","methods":["push"]}""", 401)
            .On("POST", "/push", """{"tx":"tx-1"}""")
            .On("POST", "/poll", _ => ++polls switch
            {
                1 => new ScriptedReply("""{"status":"WAITING"}"""),
                2 => new ScriptedReply("""{"error":"authorization_pending"}"""),
                _ => new ScriptedReply("""{"access_token":"t1"}"""),
            });
        EngineHost engine = Described.By(
            """
            "grants": { "password": { "endpoint": "{authority}/login", "credential": "none", "fields": { "u": "{username}" },
              "challenge": { "when": { "place": "state", "is": "mfa" }, "methods": "methods", "keep": { "cid": "id" },
                "push": { "methods": [ "push" ], "interval": 1,
                  "start": { "endpoint": "{authority}/push", "fields": { "c": "{cid}" }, "reply": { "keep": { "tx": "tx" } } },
                  "poll": { "endpoint": "{authority}/poll", "fields": { "t": "{tx}" } },
                  "pending": { "place": "status", "is": [ "waiting" ] } } } } }
            """,
            new HurriedClock());
        AuthToken token = await engine.GetAsync(Described.Person(server.Address) with { IsNonInteractive = false });
        Assert.Equal("t1", token.ToPlainText());
        Assert.Equal(["u=ann", "c=c9", "t=tx-1", "t=tx-1", "t=tx-1"], server.Requests.Select(sent => sent.Body));
    }
}
