using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Core.Tests.Support;
using AuthModule.Requests;
using AuthModule.Sessions;
using AuthModule.TestKit.Files;
using AuthModule.TestKit.Servers;

namespace AuthModule.Core.Tests.Sessions;

/// <summary>Sessions that a person signs in to: the request holds nothing that proves whose they are, and takes minutes.</summary>
public sealed class PersonSessionTests
{
    private int answers;
    private volatile bool isDone = true;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("Feature", "N2")]
    public async Task A_runspace_does_not_get_the_token_of_a_person_who_signed_in_in_another()
    {
        await using ScriptedServer server = await StartAsync();
        var engine = new EngineHost();
        AuthToken alice = await engine.GetAsync(Device(server));
        Assert.Same(alice, await engine.GetAsync(Device(server)));

        var table = new SessionTable();
        AuthToken bob = await engine.Engine.GetTokenAsync(table, engine.Engine.Open(table, Device(server)), TokenRequirement.Default, engine.Log, Stop);
        Assert.NotEqual(alice.ToPlainText(), bob.ToPlainText());
        Assert.NotEqual(alice.Tokens.RefreshToken!.Reveal(), bob.Tokens.RefreshToken!.Reveal());

        // Handed over it is shared, as any session.
        Assert.Same(alice, await engine.Engine.GetTokenAsync(table, alice.Session, TokenRequirement.Default, engine.Log, Stop));
    }

    [Fact]
    [Trait("Feature", "N11")]
    public async Task A_store_that_both_name_is_shared()
    {
        using var folder = new TestFolder();
        await using ScriptedServer server = await StartAsync();
        AuthToken[] tokens = new AuthToken[2];
        for (int i = 0; i < tokens.Length; i++)
        {
            var process = new EngineHost();
            process.Variables["AUTHMODULE_STORE_KEY"] = "a passphrase of the test";
            tokens[i] = await process.GetAsync(Device(server) with { Store = "file:" + folder.Path });
        }

        Assert.Equal(tokens[0].ToPlainText(), tokens[1].ToPlainText());
    }

    [Fact]
    [Trait("Feature", "N11")]
    public async Task Nobody_waits_for_the_lock_of_a_store_while_a_person_signs_in()
    {
        using var folder = new TestFolder();
        await using ScriptedServer server = await StartAsync();
        isDone = false;
        var engine = new EngineHost();
        engine.Variables["AUTHMODULE_STORE_KEY"] = "a passphrase of the test";
        AuthSession session = engine.Engine.Open(engine.Table, Device(server) with { Store = "file:" + folder.Path });
        Task<AuthToken> pending = engine.Engine.GetTokenAsync(engine.Table, session, TokenRequirement.Default, engine.Log, Stop).AsTask();
        while (server.Requests.Count < 2)
        {
            await Task.Delay(20, Stop);
        }

        await using (await session.SessionStore.LockAsync(session.Key, Stop))
        {
            isDone = true;
            while (answers == 0)
            {
                await Task.Delay(20, Stop);
            }
        }

        AuthToken token = await pending;
        Assert.Equal(token.ToPlainText(), (await session.SessionStore.ReadAsync(session, Stop))!.AccessToken.Reveal());
    }

    private static TokenRequest Device(ScriptedServer server) => new()
    {
        Provider = "oauth2",
        ClientId = "cli",
        Grant = GrantNames.DeviceCode,
        TokenEndpoint = server.Address + "/token",
        Parameters = new Dictionary<string, string> { ["deviceAuthorizationEndpoint"] = server.Address + "/device" },
    };

    private async Task<ScriptedServer> StartAsync()
    {
        ScriptedServer server = await ScriptedServer.StartAsync();
        server.On("POST", "/device", """{"device_code":"d","user_code":"AB","verification_uri":"http://127.0.0.1/x","interval":1,"expires_in":600}""");
        server.On("POST", "/token", _ =>
        {
            if (!isDone)
            {
                return new ScriptedReply("""{"error":"authorization_pending"}""", 400);
            }

            int number = Interlocked.Increment(ref answers);
            return new ScriptedReply($$"""{"access_token":"token-{{number}}","refresh_token":"refresh-{{number}}","expires_in":3600}""");
        });
        return server;
    }
}
