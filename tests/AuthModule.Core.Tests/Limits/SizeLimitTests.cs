using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using AuthModule.Core.Tests.Support;
using AuthModule.Requests;
using AuthModule.Secrets;
using AuthModule.TestKit.Files;
using AuthModule.TestKit.Servers;
using AuthModule.TestKit.Time;
using AuthModule.TokenTesting;
using AuthModule.Validation;

namespace AuthModule.Core.Tests.Limits;

/// <summary>A text from outside that is longer than any may be is an error with a name, and takes nothing with it.</summary>
[Trait("Feature", "P1")]
public sealed class SizeLimitTests
{
    private static readonly string TooLong = new('a', Secret.MaxCharacters + 1);

    public static TheoryData<string, string> Replies() => new()
    {
        { "access_token", "an access token of 65537 characters" },
        { "refresh_token", "a refresh token of 65537 characters" },
        { "id_token", "an ID token of 65537 characters" },
    };

    [Theory]
    [MemberData(nameof(Replies))]
    public async Task A_reply_with_a_token_of_any_length_is_a_reply_that_cannot_be_read(string field, string words)
    {
        await using ScriptedServer server = (await ScriptedServer.StartAsync()).On("POST", "/token", Reply("a1", "r1", field));
        AuthServiceException refused = await Assert.ThrowsAsync<AuthServiceException>(() => new EngineHost().GetAsync(Request(server)));
        Assert.Equal(AuthErrorId.MalformedResponse, refused.Code);
        Assert.Contains(words, refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("memory")]
    [InlineData("file")]
    public async Task A_renewal_with_one_says_so_and_keeps_the_refresh_token_that_the_server_replaced(string store)
    {
        using var folder = new TestFolder();
        await using ScriptedServer server = await ScriptedServer.StartAsync();
        Queue<string> replies = new([Reply("a1", "r1"), Reply("a2", "r2", "access_token"), Reply("a3", "r3", "id_token"), Reply("a4", "r4")]);
        server.On("POST", "/token", _ => new ScriptedReply(replies.Dequeue()));
        var host = new EngineHost();
        host.Variables["AUTHMODULE_STORE_KEY"] = Convert.ToBase64String(new byte[32]);
        TokenRequest request = Request(server) with { Store = store == "memory" ? null : $"file:{folder.Path}/s" };
        await host.GetAsync(request);
        AuthSession session = host.Table.Current!;
        for (int i = 0; i < 2; i++)
        {
            AuthServiceException refused = await Assert.ThrowsAsync<AuthServiceException>(host.UpdateAsync);
            Assert.Equal(AuthErrorId.MalformedResponse, refused.Code);
            Assert.Contains("The new refresh token that came with it is kept.", refused.Message, StringComparison.Ordinal);
            Assert.Equal(AuthErrorId.MalformedResponse, session.LastError?.Code);
        }

        AuthToken token = await host.UpdateAsync();

        Assert.Equal("a4", token.ToPlainText());
        Assert.Null(session.LastError);
        Assert.Equal(["r1", "r2", "r3"], server.Requests.Skip(1).Select(static sent => FieldOf(sent.Body, "refresh_token")));
    }

    [Fact]
    public async Task A_session_whose_token_ended_with_such_a_renewal_has_failed()
    {
        await using ScriptedServer server = await ScriptedServer.StartAsync();
        Queue<string> replies = new([Reply("a1", "r1"), Reply("a2", "r2", "access_token")]);
        server.On("POST", "/token", _ => new ScriptedReply(replies.Dequeue()));
        var clock = new ManualTimeProvider();
        var host = new EngineHost(clock);
        await host.GetAsync(Request(server));
        clock.Advance(TimeSpan.FromHours(2));
        await Assert.ThrowsAsync<AuthServiceException>(host.CurrentAsync);
        Assert.Equal((SessionState.Failed, AuthErrorId.MalformedResponse), (host.Table.Current!.State, host.Table.Current.LastError?.Code));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_token_of_any_length_is_malformed_and_not_sent_to_anybody(bool introspect)
    {
        await using ScriptedServer server = await ScriptedServer.StartAsync();
        var host = new EngineHost();
        TokenTestResult result = await host.Engine.Tester.TestAsync(
            host.Table,
            new TokenTestRequest { Service = Request(server), Introspect = introspect, Rules = new ValidationRules { Offline = !introspect } },
            TooLong,
            host.Log,
            TestContext.Current.CancellationToken);
        Assert.Equal((false, AuthErrorId.TokenMalformed), (result.IsValid, result.Failure));
        Assert.Empty(server.Requests);
    }

    [Fact]
    public void A_secret_of_any_length_is_an_error_with_a_name() =>
        Assert.Equal(AuthErrorId.TokenMalformed, Assert.ThrowsAny<AuthException>(() => Secret.From(TooLong)).Code);

    private static string Reply(string access, string refresh, string? tooLong = null)
    {
        var fields = new Dictionary<string, object> { ["access_token"] = access, ["refresh_token"] = refresh, ["expires_in"] = 3600 };
        if (tooLong is not null)
        {
            fields[tooLong] = TooLong;
        }

        return System.Text.Json.JsonSerializer.Serialize(fields);
    }

    private static string? FieldOf(string form, string name) =>
        form.Split('&').Select(static field => field.Split('=')).FirstOrDefault(field => field[0] == name)?[1];

    private static TokenRequest Request(ScriptedServer server) => new()
    {
        Provider = "oauth2",
        Authority = server.Address,
        TokenEndpoint = server.Address + "/token",
        ClientId = "c",
        Parameters = new Dictionary<string, string> { ["introspectionEndpoint"] = server.Address + "/introspect" },
        Grant = "password",
        Input = new GrantInput { UserName = "ann", Password = Secret.From("open sesame") },
    };
}
