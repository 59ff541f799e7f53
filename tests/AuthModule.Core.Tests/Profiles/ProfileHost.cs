using System;
using System.Collections.Generic;
using System.IO;
using System.Threading.Tasks;
using AuthModule.Core.Tests.Support;
using AuthModule.Requests;
using AuthModule.Sessions;
using AuthModule.TestKit.Files;
using AuthModule.TestKit.Servers;

namespace AuthModule.Core.Tests.Profiles;

/// <summary>An engine with a profile file of its own, and a server that hands out tokens by number.</summary>
internal sealed class ProfileHost : IAsyncDisposable
{
    private ProfileHost(ScriptedServer server, TimeProvider? clock)
    {
        Server = server;
        Host = new EngineHost(clock);
        Host.Variables["AUTHMODULE_CONFIG"] = ProfileFile;
        int count = 0;
        server.On("POST", "/token", _ => new ScriptedReply($$"""{"access_token":"token-{{System.Threading.Interlocked.Increment(ref count)}}","expires_in":3600}"""));
    }

    public TestFolder Folder { get; } = new();

    public string ProfileFile => Folder.File("profiles.json");

    public ScriptedServer Server { get; }

    public EngineHost Host { get; }

    /// <summary>What was sent with the token requests.</summary>
    public IEnumerable<string> Bodies
    {
        get
        {
            foreach (ReceivedRequest request in Server.Requests)
            {
                yield return request.Body;
            }
        }
    }

    public static async Task<ProfileHost> StartAsync(TimeProvider? clock = null) => new(await ScriptedServer.StartAsync(), clock);

    /// <summary>A file with one profile, <c>p</c>; <c>SERVER</c> in it is the server's address.</summary>
    public void Write(string members) => File.WriteAllText(
        ProfileFile,
        $$"""{ "profiles": { "p": { "provider": "oauth2", "tokenEndpoint": "{{Server.Address}}/token", {{members.Replace("SERVER", Server.Address, StringComparison.Ordinal)}} } } }""");

    public Task<AuthToken> GetAsync(TokenRequest? request = null) => GetAsync(request ?? new TokenRequest { Profile = "p" }, TokenRequirement.Default);

    public async Task<AuthToken> GetAsync(TokenRequest request, TokenRequirement requirement)
    {
        AuthSession session = await Host.Engine.OpenAsync(Host.Table, request, Host.Log, TestContext.Current.CancellationToken);
        return await Host.Engine.GetTokenAsync(Host.Table, session, requirement, Host.Log, TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        Folder.Dispose();
    }
}
