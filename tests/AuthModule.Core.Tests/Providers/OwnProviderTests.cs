using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using AuthModule.Core.Tests.Support;
using AuthModule.Requests;
using AuthModule.Secrets;
using AuthModule.TestKit.Servers;

namespace AuthModule.Core.Tests.Providers;

public sealed class OwnProviderTests
{
    // An invented service: a nested reply, an end in milliseconds, an own header, an own sign-out.
    private const string Description = """
        {
          "name": "contoso",
          "title": "Contoso Warehouse",
          "parameters": { "tenant": { "required": true, "pattern": "^[a-z]+$", "explanation": "the tenant's short name" } },
          "endpoints": { "login": "{authority}/{tenant}/session" },
          "requestHeaders": { "X-Tenant": "{tenant}" },
          "grants": {
            "password": {
              "endpoint": "login", "encoding": "json", "credential": "none",
              "fields": { "user": "{username}", "secret_word": "{password}", "remember": true }
            },
            "refresh_token": {
              "endpoint": "login", "method": "PUT", "encoding": "json", "credential": "none",
              "fields": { "renewal": "{refreshToken}" }
            }
          },
          "operations": { "signOut": { "endpoint": "login", "method": "DELETE", "encoding": "none", "credential": "token" } },
          "reply": {
            "accessToken": "result.session.ticket", "refreshToken": "result.session.renewal", "subject": "result.user.id",
            "expiresAt": "result.session.validUntil", "expiresAtUnit": "ms"
          },
          "errors": { "code": "problem.key", "message": "problem.text", "rules": [ { "id": "AccountLocked", "code": "FROZEN" } ] },
          "tokenHeaders": { "X-Contoso-Ticket": "{accessToken}" }
        }
        """;

    private static string Reply(string ticket) =>
        $$"""
        {
          "result": {
            "session": { "ticket": "{{ticket}}", "renewal": "n-{{ticket}}", "validUntil": {{DateTimeOffset.UtcNow.AddMinutes(30).ToUnixTimeMilliseconds()}} },
            "user": { "id": "u-9" }
          }
        }
        """;

    private static TokenRequest Request(string authority) => new()
    {
        Provider = "contoso",
        Authority = authority,
        Parameters = new System.Collections.Generic.Dictionary<string, string> { ["tenant"] = "north" },
        Input = new GrantInput { UserName = "ann", Password = Secret.From("open sesame") },
    };

    private static EngineHost WithProvider(string description = Description)
    {
        string path = Path.Combine(Path.GetTempPath(), $"authmodule-{Guid.NewGuid():N}.json");
        File.WriteAllText(path, description);
        try
        {
            var engine = new EngineHost();
            engine.Engine.Providers.Register(path);
            return engine;
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    [Trait("Feature", "N12")]
    [Trait("Feature", "N1")]
    public async Task A_new_service_works_by_json_alone()
    {
        await using ScriptedServer server = (await ScriptedServer.StartAsync())
            .On("POST", "/north/session", Reply("t1"))
            .On("PUT", "/north/session", Reply("t2"))
            .On("DELETE", "/north/session", "", 204);
        EngineHost engine = WithProvider();
        AuthToken token = await engine.GetAsync(Request(server.Address));
        Assert.Equal(("t1", "u-9"), ((string)token.ToHeader()["X-Contoso-Ticket"]!, token.Subject));
        Assert.InRange(token.ExpiresIn.TotalMinutes, 29, 31);
        Assert.Equal("t2", (await engine.UpdateAsync()).ToPlainText());
        Assert.Equal(RevocationOutcome.Confirmed, (await engine.RevokeAsync()).AccessToken);
        Assert.Equal(
            ["""POST {"user":"ann","secret_word":"open sesame","remember":true}""", """PUT {"renewal":"n-t1"}""", "DELETE "],
            server.Requests.Select(request => $"{request.Method} {request.Body}"));
        Assert.Equal("t2", server.Requests[2].Header("X-Contoso-Ticket"));
        Assert.All(server.Requests, request => Assert.Equal("north", request.Header("X-Tenant")));
    }

    [Theory]
    [Trait("Feature", "N7")]
    [Trait("Feature", "N12")]
    [InlineData("", RevocationOutcome.Confirmed, RevocationOutcome.Unsupported, "refresh token not ended by the sign-out, as far as is known, and may work until it ends, access token revoked.")]
    [InlineData(", \"ends\": [ \"access\", \"refresh\" ]", RevocationOutcome.Confirmed, RevocationOutcome.Confirmed, "refresh token revoked, access token revoked.")]
    [InlineData(", \"ends\": \"refresh\"", RevocationOutcome.Unsupported, RevocationOutcome.Confirmed, "refresh token revoked, access token not ended by the sign-out, as far as is known, and may work until it ends.")]
    [InlineData(", \"fallback\": { \"on\": [ 404 ], \"credential\": \"none\", \"fields\": { \"renewal\": \"{refreshToken}\" } }", RevocationOutcome.Unsupported, RevocationOutcome.Unsupported, "refresh token not")]
    public async Task A_sign_out_counts_for_the_tokens_that_it_carries_or_says_it_ends(string more, RevocationOutcome access, RevocationOutcome refresh, string message)
    {
        await using ScriptedServer server = (await ScriptedServer.StartAsync())
            .On("POST", "/north/session", Reply("t1"))
            .On("DELETE", "/north/session", "", 204);
        EngineHost engine = WithProvider(Description.Replace("\"credential\": \"token\" }", $"\"credential\": \"token\"{more} }}", StringComparison.Ordinal));
        await engine.GetAsync(Request(server.Address));

        RevocationResult result = await engine.RevokeAsync();

        Assert.Equal((access, refresh), (result.AccessToken, result.RefreshToken));
        Assert.Contains(message, result.Message);
    }

    [Fact]
    [Trait("Feature", "N12")]
    public async Task Its_errors_have_its_own_words()
    {
        await using ScriptedServer server = (await ScriptedServer.StartAsync())
            .On("POST", "/north/session", """{"problem":{"key":"FROZEN","text":"Ask the front desk"}}""", 409);
        var error = await Assert.ThrowsAsync<AuthenticationException>(() => WithProvider().GetAsync(Request(server.Address)));
        Assert.Equal((AuthErrorId.AccountLocked, "FROZEN", "Ask the front desk"), (error.Code, error.OAuthError, error.OAuthErrorDescription));
    }

    [Fact]
    [Trait("Feature", "P4")]
    public async Task A_missing_parameter_of_its_own_is_named()
    {
        TokenRequest request = Request("https://contoso.example") with { Parameters = new System.Collections.Generic.Dictionary<string, string>() };
        var error = await Assert.ThrowsAsync<ConfigurationException>(() => WithProvider().GetAsync(request));
        Assert.Equal(AuthErrorId.MissingParameter, error.Code);
        Assert.Contains("tenant", error.Message, StringComparison.Ordinal);
        Assert.Contains("the tenant's short name", error.Message, StringComparison.Ordinal);
    }
}
