using System;
using System.Linq;
using System.Threading.Tasks;
using AuthModule.Core.Tests.Providers.Language;
using AuthModule.Core.Tests.Support;
using AuthModule.Requests;
using AuthModule.TestKit.Servers;

namespace AuthModule.Core.Tests.Providers.Services;

/// <summary>Tickets and API tokens of Proxmox VE.</summary>
public sealed class ProxmoxTests
{
    private static TokenRequest Ann(string authority, string? otp = null)
    {
        TokenRequest request = Described.Person(authority, otp) with { Provider = "proxmox" };
        return request with { Input = request.Input with { UserName = "ann@pve" } };
    }

    private static string Ticket(string ticket, string csrf) => $$$"""{"data":{"username":"ann@pve","ticket":"{{{ticket}}}","CSRFPreventionToken":"{{{csrf}}}","cap":{},"clustername":"lab"}}""";

    [Fact]
    [Trait("Feature", "S13")]
    public async Task A_ticket_is_renewed_with_itself_and_writes_have_its_token()
    {
        int tickets = 0;
        await using ScriptedServer server = (await ScriptedServer.StartAsync())
            .On("POST", "/api2/json/access/ticket", _ => new ScriptedReply(Ticket($"PVE:ann@pve:6{++tickets}::sig==", $"6{tickets}:csrf-secret")));
        var engine = new EngineHost();
        AuthToken token = await engine.GetAsync(Ann(server.Address));
        Assert.Equal(("PVEAuthCookie=PVE:ann@pve:61::sig==", "61:csrf-secret"), ((string?)token.ToHeader()["Cookie"], (string?)token.ToHeader()["CSRFPreventionToken"]));
        Assert.InRange(token.ExpiresIn.TotalMinutes, 119, 120);
        AuthToken renewed = await engine.UpdateAsync();
        Assert.Equal("PVEAuthCookie=PVE:ann@pve:62::sig==", renewed.ToHeader()["Cookie"]);
        Assert.Equal(
            ["username=ann%40pve&password=pass+%26+word", "username=ann%40pve&password=PVE%3Aann%40pve%3A61%3A%3Asig%3D%3D"],
            server.Requests.Select(sent => sent.Body));
        Assert.DoesNotContain(engine.Log.Lines, line => line.Contains("csrf-secret", StringComparison.Ordinal) || line.Contains("::sig", StringComparison.Ordinal));
    }

    [Fact]
    [Trait("Feature", "S13")]
    public async Task A_second_factor_is_answered_with_the_first_ticket()
    {
        int replies = 0;
        await using ScriptedServer server = (await ScriptedServer.StartAsync()).On("POST", "/api2/json/access/ticket", _ => new ScriptedReply(++replies == 1
            ? """{"data":{"username":"ann@pve","ticket":"PVE:!tfa!challenge","NeedTFA":1,"CSRFPreventionToken":"c0"}}"""
            : Ticket("PVE:ann@pve:7::sig", "c1")));
        AuthToken token = await new EngineHost().GetAsync(Ann(server.Address, otp: "123456"));
        Assert.Equal(("PVE:ann@pve:7::sig", "c1"), (token.ToPlainText(), (string?)token.ToHeader()["CSRFPreventionToken"]));
        Assert.Equal("username=ann%40pve&tfa-challenge=PVE%3A%21tfa%21challenge&password=totp%3A123456", server.Requests[1].Body);
    }

    [Fact]
    [Trait("Feature", "S13")]
    public async Task An_API_token_goes_out_as_it_is() => Assert.Equal(
        "PVEAPIToken=ann@pve!ci=0b1c-uuid",
        (await new EngineHost().GetAsync(Described.Key("https://pve.example:8006", "ann@pve!ci=0b1c-uuid") with { Provider = "proxmox" })).ToHeader()["Authorization"]);

    [Fact]
    [Trait("Feature", "S13")]
    public async Task A_wrong_password_is_told()
    {
        await using ScriptedServer server = (await ScriptedServer.StartAsync()).On("POST", "/api2/json/access/ticket", """{"data":null,"message":"authentication failure\n"}""", 401);
        AuthException error = await Assert.ThrowsAnyAsync<AuthException>(() => new EngineHost().GetAsync(Ann(server.Address)));
        Assert.Equal(AuthErrorId.InvalidCredentials, error.Code);
        Assert.Contains("authentication failure", error.OAuthErrorDescription, StringComparison.Ordinal);
    }
}
