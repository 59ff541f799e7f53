using System;
using System.Net.Http;
using System.Text.Json;
using System.Threading.Tasks;
using AuthModule.Accounts.SecondFactors;
using AuthModule.TestKit.Time;
using Xunit;

namespace AuthModule.Cli.Tests.Server.Dialects;

public sealed class PynomalyMfaTests
{
    private readonly ManualTimeProvider clock = new();

    [Fact]
    [Trait("Feature", "Y6")]
    [Trait("Feature", "Y11")]
    public async Task A_totp_factor_is_set_up_confirmed_and_then_asked_for()
    {
        await using ServerFixture fixture = await DialectFixture.StartAsync(clock: clock);
        string token = await TokenAsync(fixture);
        JsonElement setup = await PostAsync(fixture, token, "totp/setup", "{}", 200);
        Assert.Equal(32, setup.Text("secret").Length);
        Assert.Equal(
            $"otpauth://totp/Pynomaly%20Security:bob%40example.com?secret={setup.Text("secret")}&issuer=Pynomaly%20Security",
            setup.Text("qr_code_url"));
        Assert.Equal(10, setup.GetProperty("backup_codes").GetArrayLength());
        Assert.False((await StatusAsync(fixture, token)).GetProperty("mfa_enabled").GetBoolean());

        Totp app = Totp.FromBase32(setup.Text("secret"));
        await PostAsync(fixture, token, "totp/verify", """{"totp_code":"12345"}""", 422);
        await PostAsync(fixture, token, "totp/verify", $$"""{"totp_code":"{{WrongCode(app)}}"}""", 400);
        string code = app.CodeAt(clock.GetUtcNow());
        await PostAsync(fixture, token, "totp/verify", $$"""{"totp_code":"{{code}}"}""", 200);
        Assert.Equal("totp", (await StatusAsync(fixture, token)).GetProperty("active_methods")[0].GetString());

        JsonElement required = await (await PynomalyLoginTests.JsonLoginAsync(fixture)).JsonAsync(401);
        Assert.Equal("mfa_required", required.Text("error"));
        Assert.Equal(401, (int)(await LoginAsync(fixture, code)).StatusCode);
        clock.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(200, (int)(await LoginAsync(fixture, app.CodeAt(clock.GetUtcNow()))).StatusCode);
    }

    [Fact]
    [Trait("Feature", "Y7")]
    public async Task A_totp_code_is_refused_the_second_time()
    {
        await using ServerFixture fixture = await DialectFixture.StartAsync(clock: clock);
        string token = await TokenAsync(fixture);
        Totp app = Totp.FromBase32((await PostAsync(fixture, token, "totp/setup", "{}", 200)).Text("secret"));
        string body = $$"""{"totp_code":"{{app.CodeAt(clock.GetUtcNow())}}"}""";
        await PostAsync(fixture, token, "totp/verify", body, 200);
        await PostAsync(fixture, token, "totp/verify", body, 400);
    }

    [Theory]
    [Trait("Feature", "Y9")]
    [InlineData("sms", """{"phone_number":"+1 555-010-0100"}""", "+15550100100")]
    [InlineData("email", """{"email_address":"bob@contoso.com"}""", "bob@contoso.com")]
    [InlineData("email", "{}", "bob@example.com")]
    public async Task A_message_factor_is_confirmed_by_the_code_that_was_sent(string method, string body, string to)
    {
        await using ServerFixture fixture = await DialectFixture.StartAsync(clock: clock);
        string token = await TokenAsync(fixture);
        await PostAsync(fixture, token, method + "/setup", body, 200);
        string code = fixture.Server.Outbox.LastCode(to);
        string right = $$"""{"{{method}}_code":"{{code}}"}""";
        await PostAsync(fixture, token, method + "/verify", right, 200);
        await PostAsync(fixture, token, method + "/verify", right, 400);
        Assert.True((await StatusAsync(fixture, token)).GetProperty("mfa_enabled").GetBoolean());
    }

    [Fact]
    [Trait("Feature", "Y9")]
    public async Task A_sent_code_runs_out_and_cannot_be_guessed_for_ever()
    {
        await using ServerFixture fixture = await DialectFixture.StartAsync(clock: clock);
        string token = await TokenAsync(fixture);
        await PostAsync(fixture, token, "email/setup", "{}", 200);
        clock.Advance(TimeSpan.FromMinutes(10));
        await PostAsync(fixture, token, "email/verify", $$"""{"email_code":"{{fixture.Server.Outbox.LastCode("bob@example.com")}}"}""", 400);

        await PostAsync(fixture, token, "email/setup", "{}", 200);
        string code = fixture.Server.Outbox.LastCode("bob@example.com");
        for (int i = 0; i < 5; i++)
        {
            await PostAsync(fixture, token, "email/verify", $$"""{"email_code":"{{(code == "000000" ? "111111" : "000000")}}"}""", 400);
        }

        await PostAsync(fixture, token, "email/verify", $$"""{"email_code":"{{code}}"}""", 400);
    }

    [Theory]
    [Trait("Feature", "Y9")]
    [InlineData("123")]
    [InlineData("+49 abc")]
    [InlineData("+1234567890123456789")]
    public async Task What_is_no_phone_number_is_refused(string phone)
    {
        await using ServerFixture fixture = await DialectFixture.StartAsync(clock: clock);
        await PostAsync(fixture, await TokenAsync(fixture), "sms/setup", $$"""{"phone_number":"{{phone}}"}""", 422);
    }

    [Fact]
    [Trait("Feature", "Y9")]
    public async Task A_backup_code_works_once_and_new_ones_replace_the_old()
    {
        await using ServerFixture fixture = await DialectFixture.StartAsync(clock: clock);
        string token = await TokenAsync(fixture);
        JsonElement first = (await PostAsync(fixture, token, "totp/setup", "{}", 200)).GetProperty("backup_codes");
        string use = $$"""{"backup_code":"{{first[0].GetString()}}"}""";
        await PostAsync(fixture, token, "recovery", use, 200);
        await PostAsync(fixture, token, "recovery", use, 400);
        Assert.Equal(9, (await StatusAsync(fixture, token)).GetProperty("backup_codes_remaining").GetInt32());

        await PostAsync(fixture, token, "backup-codes/regenerate", "{}", 200);
        await PostAsync(fixture, token, "recovery", $$"""{"backup_code":"{{first[1].GetString()}}"}""", 400);
        JsonElement now = await (await fixture.GetAsync("/api/v1/mfa/backup-codes", token)).JsonAsync(200);
        Assert.Equal(10, now.GetProperty("backup_codes").GetArrayLength());
    }

    private static string WrongCode(Totp app) => app.CodeOfStep(1) == "000000" ? "000001" : "000000";

    private static async Task<string> TokenAsync(ServerFixture fixture) =>
        (await (await PynomalyLoginTests.JsonLoginAsync(fixture)).JsonAsync(200)).Text("access_token");

    private static Task<HttpResponseMessage> LoginAsync(ServerFixture fixture, string code) =>
        PynomalyLoginTests.JsonLoginAsync(fixture, more: $",\"totp_code\":\"{code}\"");

    private static async Task<JsonElement> PostAsync(ServerFixture fixture, string token, string path, string body, int status) =>
        await (await fixture.SendJsonAsync(HttpMethod.Post, "/api/v1/mfa/" + path, body, token)).JsonAsync(status);

    private static async Task<JsonElement> StatusAsync(ServerFixture fixture, string token) =>
        await (await fixture.GetAsync("/api/v1/mfa/status", token)).JsonAsync(200);
}
