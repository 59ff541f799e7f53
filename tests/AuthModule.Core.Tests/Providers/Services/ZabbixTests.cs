using System;
using System.Linq;
using System.Threading.Tasks;
using AuthModule.Core.Tests.Providers.Language;
using AuthModule.Core.Tests.Support;
using AuthModule.Requests;
using AuthModule.TestKit.Servers;

namespace AuthModule.Core.Tests.Providers.Services;

/// <summary>Sessions of the Zabbix API.</summary>
public sealed class ZabbixTests
{
    private static TokenRequest Ann(string authority) => Described.Person(authority) with { Provider = "zabbix" };

    [Fact]
    [Trait("Feature", "S13")]
    public async Task A_session_is_opened_checked_and_closed()
    {
        await using ScriptedServer server = (await ScriptedServer.StartAsync()).On("POST", "/zabbix/api_jsonrpc.php", sent => new ScriptedReply(
            sent.Body.Contains("user.login", StringComparison.Ordinal) ? """{"jsonrpc":"2.0","result":"0424bd59b807674191e7d77572075f33","id":1}"""
            : sent.Body.Contains("checkAuthentication", StringComparison.Ordinal) ? """{"jsonrpc":"2.0","result":{"userid":"1","username":"ann","sessionid":"0424bd59b807674191e7d77572075f33"},"id":1}"""
            : """{"jsonrpc":"2.0","result":true,"id":1}"""));
        var engine = new EngineHost();
        AuthToken token = await engine.GetAsync(Ann(server.Address + "/zabbix"));
        Assert.Equal("Bearer 0424bd59b807674191e7d77572075f33", token.ToHeader()["Authorization"]);
        Assert.Equal("0424bd59b807674191e7d77572075f33", (await engine.UpdateAsync()).ToPlainText());
        Assert.Equal(RevocationOutcome.Confirmed, (await engine.RevokeAsync()).AccessToken);
        Assert.Equal(
            [
                """{"jsonrpc":"2.0","method":"user.login","params":{"username":"ann","password":"pass & word"},"id":1}""",
                """{"jsonrpc":"2.0","method":"user.checkAuthentication","params":{"sessionid":"0424bd59b807674191e7d77572075f33"},"id":1}""",
                """{"jsonrpc":"2.0","method":"user.logout","params":[],"id":1}""",
            ],
            server.Requests.Select(sent => sent.Body));
        Assert.Equal([null, null, "Bearer 0424bd59b807674191e7d77572075f33"], server.Requests.Select(sent => sent.Header("Authorization")));
    }

    [Fact]
    [Trait("Feature", "S13")]
    public async Task A_session_that_has_ended_is_opened_anew()
    {
        int sessions = 0;
        await using ScriptedServer server = (await ScriptedServer.StartAsync()).On("POST", "/api_jsonrpc.php", sent => new ScriptedReply(
            sent.Body.Contains("user.login", StringComparison.Ordinal)
                ? $$"""{"jsonrpc":"2.0","result":"session-{{++sessions}}","id":1}"""
                : """{"jsonrpc":"2.0","error":{"code":-32602,"message":"Invalid params.","data":"Session terminated, re-login, please."},"id":1}"""));
        var engine = new EngineHost();
        await engine.GetAsync(Ann(server.Address));
        Assert.Equal("session-2", (await engine.UpdateAsync()).ToPlainText());
    }

    [Theory]
    [Trait("Feature", "S13")]
    [InlineData("Incorrect user name or password or account is temporarily blocked.", AuthErrorId.InvalidCredentials)]
    [InlineData("Login name or password is incorrect.", AuthErrorId.InvalidCredentials)]
    public async Task An_error_in_a_200_is_one(string data, string id)
    {
        await using ScriptedServer server = (await ScriptedServer.StartAsync())
            .On("POST", "/api_jsonrpc.php", $$$"""{"jsonrpc":"2.0","error":{"code":-32602,"message":"Invalid params.","data":"{{{data}}}"},"id":1}""");
        AuthException error = await Assert.ThrowsAnyAsync<AuthException>(() => new EngineHost().GetAsync(Ann(server.Address)));
        Assert.Equal((id, "-32602", data), (error.Code, error.OAuthError, error.OAuthErrorDescription));
    }

    [Fact]
    [Trait("Feature", "S13")]
    public async Task An_API_token_is_a_bearer_token() => Assert.Equal(
        "Bearer 188425a0",
        (await new EngineHost().GetAsync(Described.Key("https://zabbix.example", "188425a0") with { Provider = "zabbix" })).ToHeader()["Authorization"]);
}
