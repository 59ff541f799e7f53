using System;
using System.Linq;
using System.Threading.Tasks;
using AuthModule.Core.Tests.Providers.Language;
using AuthModule.Core.Tests.Support;
using AuthModule.Requests;
using AuthModule.TestKit.Servers;

namespace AuthModule.Core.Tests.Providers.Services;

/// <summary>Sessions of Synology DSM.</summary>
public sealed class SynologyDsmTests
{
    private const string Login = "api=SYNO.API.Auth&version=6&method=login&account=ann&passwd=pass+%26+word&session=FileStation&format=cookie&enable_syno_token=yes";

    private static TokenRequest Ann(string authority, string? otp = null) => Described.Person(authority, otp) with { Provider = "synology-dsm" };

    private static ScriptedReply SignedIn => new("""{"data":{"did":"d1","is_portal_port":false,"sid":"sid-1","synotoken":"syno-1"},"success":true}""")
    {
        Headers = [("Set-Cookie", "id=sid-1;path=/;HttpOnly"), ("Set-Cookie", "did=d1;path=/")],
    };

    [Fact]
    [Trait("Feature", "S13")]
    public async Task A_person_signs_in_and_out()
    {
        await using ScriptedServer server = (await ScriptedServer.StartAsync())
            .On("POST", "/webapi/entry.cgi", sent => sent.Body.Contains("logout", StringComparison.Ordinal) ? new ScriptedReply("""{"success":true}""") : SignedIn);
        var engine = new EngineHost();
        AuthToken token = await engine.GetAsync(Ann(server.Address));
        Assert.Equal(("id=sid-1", "syno-1"), ((string?)token.ToHeader()["Cookie"], (string?)token.ToHeader()["X-SYNO-TOKEN"]));
        await engine.UpdateAsync();
        Assert.Equal(RevocationOutcome.Confirmed, (await engine.RevokeAsync()).AccessToken);
        Assert.Equal([Login, Login, "api=SYNO.API.Auth&version=6&method=logout&session=FileStation"], server.Requests.Select(sent => sent.Body));
        Assert.Equal(("id=sid-1", "syno-1"), (server.Requests[2].Header("Cookie"), server.Requests[2].Header("X-SYNO-TOKEN")));
    }

    [Fact]
    [Trait("Feature", "S13")]
    public async Task A_second_factor_is_asked_for_and_its_code_goes_along()
    {
        await using ScriptedServer server = (await ScriptedServer.StartAsync()).On("POST", "/webapi/entry.cgi",
            sent => sent.Body.Contains("otp_code=123456", StringComparison.Ordinal) ? SignedIn : new ScriptedReply("""{"error":{"code":403},"success":false}"""));
        AuthException error = await Assert.ThrowsAnyAsync<AuthException>(() => new EngineHost().GetAsync(Ann(server.Address)));
        Assert.Equal(AuthErrorId.MfaRequired, error.Code);
        Assert.Equal("sid-1", (await new EngineHost().GetAsync(Ann(server.Address, otp: "123456"))).ToPlainText());
    }

    [Theory]
    [Trait("Feature", "S13")]
    [InlineData(400, AuthErrorId.InvalidCredentials)]
    [InlineData(401, AuthErrorId.AccountLocked)]
    [InlineData(402, AuthErrorId.AccessDenied)]
    [InlineData(404, AuthErrorId.InvalidOtp)]
    [InlineData(407, AuthErrorId.RateLimited)]
    [InlineData(409, AuthErrorId.InteractionRequired)]
    public async Task An_error_in_a_200_has_its_number(int code, string id)
    {
        await using ScriptedServer server = (await ScriptedServer.StartAsync()).On("POST", "/webapi/entry.cgi", $$$"""{"error":{"code":{{{code}}}},"success":false}""");
        AuthException error = await Assert.ThrowsAnyAsync<AuthException>(() => new EngineHost().GetAsync(Ann(server.Address) with { Transport = Described.Once }));
        Assert.Equal(id, error.Code);
    }
}
