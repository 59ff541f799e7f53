using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Core.Tests.Support;
using AuthModule.Requests;
using AuthModule.Secrets;
using AuthModule.Sessions;
using AuthModule.Stores;
using AuthModule.Stores.Files;
using AuthModule.TestKit.Files;
using AuthModule.TestKit.Servers;
using AuthModule.TestServer.Clients;
using AuthModule.TestServer.Hosting;

namespace AuthModule.Core.Tests.Sessions;

/// <summary>What a store lists of its sessions to another process that has its key.</summary>
public sealed class StoredSessionListTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("file")]
    [InlineData("redis")]
    [Trait("Feature", "U5")]
    public async Task Another_process_lists_what_this_one_put_there(string kind)
    {
        using var folder = new TestFolder();
        await using RedisServer? redis = kind == "redis" ? await RedisServer.StartAsync() : null;
        string store = redis?.Address ?? "file:" + folder.Path;
        await using Fleet fleet = await Fleet.StartAsync();
        EngineHost first = fleet.NewEngine();
        AuthToken person = await first.GetAsync(fleet.Request("password", store));
        AuthToken client = await first.GetAsync(fleet.Request("client_credentials", store));
        EngineHost other = fleet.NewEngine();

        IReadOnlyList<AuthSession> sessions = await other.Engine.ListSessionsAsync(other.Table, store, other.Log, Stop);
        IReadOnlyList<AuthSession> again = await other.Engine.ListSessionsAsync(other.Table, store, other.Log, Stop);

        Assert.Equal(["client_credentials", "password"], sessions.Select(session => session.Grant).Order());
        AuthSession found = sessions.Single(session => session.Grant == "password");
        Assert.Equal((person.ToPlainText(), "alice", "fleet", SessionState.Fresh), (found.Token!.ToPlainText(), found.Subject, found.ClientId, found.State));
        Assert.Equal(client.ToPlainText(), sessions.Single(session => session.Grant == "client_credentials").Token!.ToPlainText());
        Assert.Equal(sessions.Select(session => session.Id), again.Select(session => session.Id));
        Assert.Null(found.Request.Client.Secret);
        Assert.Null(found.Request.Input.Password);
        Assert.Empty(other.Table.All);

        // Its own are the objects that it has.
        Assert.Contains(person.Session, await first.Engine.ListSessionsAsync(first.Table, store, first.Log, Stop));

        await other.Engine.RevokeAsync(other.Table, found, localOnly: true, other.Log, Stop);
        Assert.Equal(["client_credentials"], (await first.Engine.ListSessionsAsync(first.Table, store, first.Log, Stop)).Select(session => session.Grant));
    }

    [Fact]
    [Trait("Feature", "U5")]
    public async Task Memory_lists_this_runspaces_own()
    {
        await using Fleet fleet = await Fleet.StartAsync();
        EngineHost engine = fleet.NewEngine();
        AuthToken token = await engine.GetAsync(fleet.Request("client_credentials"));

        Assert.Equal([token.Session], await engine.Engine.ListSessionsAsync(engine.Table, "memory", engine.Log, Stop));
        Assert.Empty(await engine.Engine.ListSessionsAsync(new SessionTable(), "memory", engine.Log, Stop));
    }

    /// <summary>A secret goes to none but the service and client that it was given for.</summary>
    [Theory]
    [InlineData(true, "desk", true)]
    [InlineData(true, "another", false)]
    [InlineData(false, "desk", false)]
    [Trait("Feature", "U5")]
    [Trait("Feature", "N10")]
    public async Task A_listed_session_takes_a_secret_only_where_the_environment_names_its_service_and_client(bool isSameService, string clientId, bool takes)
    {
        using var folder = new TestFolder();
        await using EmbeddedServer server = await EmbeddedServer.StartAsync(new EmbeddedServerOptions { Clients = [new ServerClient("desk", "desk-secret")] }, Stop);
        await using EmbeddedServer elsewhere = await EmbeddedServer.StartAsync(new EmbeddedServerOptions(), Stop);
        var first = new EngineHost();
        first.Variables[StoreCatalog.KeyVariable] = "a passphrase of this test";
        await first.GetAsync(new TokenRequest
        {
            Authority = server.Issuer,
            ClientId = "desk",
            Store = "file:" + folder.Path,
            Client = new ClientCredential { Secret = Secret.From("desk-secret") },
        });
        var other = new EngineHost();
        other.Variables[StoreCatalog.KeyVariable] = "a passphrase of this test";
        other.Variables["AUTHMODULE_AUTHORITY"] = isSameService ? server.Issuer : elsewhere.Issuer;
        other.Variables["AUTHMODULE_CLIENT_ID"] = clientId;
        other.Variables["AUTHMODULE_CLIENT_SECRET"] = "desk-secret";

        AuthSession session = Assert.Single(await other.Engine.ListSessionsAsync(other.Table, "file:" + folder.Path, other.Log, Stop));

        Assert.Equal(takes, session.Request.Client.Secret is not null);
        if (takes)
        {
            AuthToken renewed = await other.Engine.GetTokenAsync(other.Table, session, TokenRequirement.Now, other.Log, Stop);
            Assert.Equal(renewed.ToPlainText(), Assert.Single(await first.Engine.ListSessionsAsync(new SessionTable(), "file:" + folder.Path, first.Log, Stop)).Token!.ToPlainText());
        }
    }

    [Fact]
    [Trait("Feature", "U5")]
    public async Task A_file_without_a_name_or_under_the_name_of_another_is_in_no_list_and_a_former_one_is_read()
    {
        using var folder = new TestFolder();
        var store = new FileStore(folder.Path, TimeProvider.System);
        await store.SetAsync("one", [1], null, Stop);
        await store.SetAsync("two", [2], null, Stop);
        string[] files = Directory.GetFiles(folder.Path, "*.entry");
        File.Copy(files[0], files[1], overwrite: true);
        File.WriteAllBytes(Path.Combine(folder.Path, "damaged.entry"), [1, 2, 3]);

        var listed = new List<string>();
        await foreach (KeyValuePair<string, byte[]> entry in store.ListAsync(Stop))
        {
            listed.Add(entry.Key);
        }

        Assert.Single(listed);

        // As it was written before entries had names.
        byte[] former = [.. "AMS1"u8, .. new byte[8], 7, 7];
        FileEntry read = EntryFile.Read([.. former, .. System.Security.Cryptography.SHA256.HashData(former)]);
        Assert.Equal(new byte[] { 7, 7 }, read.Value);
        Assert.Null(read.Name);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("""{"origin":5}""")]
    [InlineData("""{"origin":{"key":"short","provider":"p","service":"s","grant":"g"}}""")]
    [InlineData("""{"origin":{"key":5}}""")]
    [InlineData("""{"origin":{"key":"0000000000000000000000000000000000000000000000000000000000000000","provider":"p","service":"s","grant":"g","scopes":5}}""")]
    [Trait("Feature", "U5")]
    public void What_is_no_session_has_no_origin(string value) => Assert.Null(StoredOrigin.Read(System.Text.Encoding.UTF8.GetBytes(value)));
}
