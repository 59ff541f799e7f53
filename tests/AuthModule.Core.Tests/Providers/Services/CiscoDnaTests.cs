using System;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using AuthModule.Core.Tests.Providers.Language;
using AuthModule.Core.Tests.Support;
using AuthModule.TestKit.Servers;

namespace AuthModule.Core.Tests.Providers.Services;

/// <summary>Cisco Catalyst Center.</summary>
public sealed class CiscoDnaTests
{
    [Fact]
    [Trait("Feature", "S13")]
    public async Task A_person_gets_a_token_for_an_hour()
    {
        await using ScriptedServer server = (await ScriptedServer.StartAsync()).On("POST", "/dna/system/api/v1/auth/token", """{"Token":"eyJ.dna.1"}""");
        var engine = new EngineHost();
        AuthToken token = await engine.GetAsync(Described.Person(server.Address) with { Provider = "cisco-dna" });
        Assert.Equal("eyJ.dna.1", token.ToHeader()["X-Auth-Token"]);
        Assert.InRange(token.ExpiresIn.TotalMinutes, 59, 60);
        await engine.UpdateAsync();
        Assert.Equal(Enumerable.Repeat("POST /dna/system/api/v1/auth/token ", 2), server.Requests.Select(sent => $"{sent.Method} {sent.Path} {sent.Body}"));
        Assert.All(server.Requests, sent => Assert.Equal("Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("ann:pass & word")), sent.Header("Authorization")));
    }

    [Fact]
    [Trait("Feature", "S13")]
    public async Task A_wrong_password_is_told()
    {
        await using ScriptedServer server = (await ScriptedServer.StartAsync()).On("POST", "/dna/system/api/v1/auth/token", """{"error":"Authentication has failed. Please provide valid credentials."}""", 401);
        AuthException error = await Assert.ThrowsAnyAsync<AuthException>(() => new EngineHost().GetAsync(Described.Person(server.Address) with { Provider = "cisco-dna" }));
        Assert.Equal((AuthErrorId.InvalidCredentials, "Authentication has failed. Please provide valid credentials."), (error.Code, error.OAuthErrorDescription));
    }
}
