using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using AuthModule.Requests;
using AuthModule.Secrets;
using AuthModule.Sessions;
using AuthModule.TestKit.Servers;

namespace AuthModule.Core.Tests.Profiles;

public sealed class ProfileSignInTests
{
    private const string Client = """ "clientId": "nightly", "clientAuthentication": "Post", "clientSecret": { "env": "NIGHTLY" } """;

    [Fact]
    [Trait("Feature", "N10")]
    public async Task A_profile_signs_in_with_what_it_holds_and_where_its_secret_is()
    {
        await using ProfileHost host = await ProfileHost.StartAsync();
        host.Write(Client + """, "scope": ["orders.read", "orders.write"], "resource": "https://api.contoso.com" """);
        host.Host.Variables["NIGHTLY"] = "canary secret+1";

        AuthToken token = await host.GetAsync();

        Assert.Equal("token-1", token.ToPlainText());
        Assert.Equal(
            "grant_type=client_credentials&scope=orders.read+orders.write&resource=https%3A%2F%2Fapi.contoso.com&client_id=nightly&client_secret=canary+secret%2B1",
            Assert.Single(host.Bodies));
        Assert.DoesNotContain(host.Host.Log.Lines, line => line.Contains("canary", StringComparison.Ordinal));
        Assert.Contains("Verbose: Reading the clientSecret of profile 'p' from env:NIGHTLY.", host.Host.Log.Lines);
    }

    [Fact]
    [Trait("Feature", "C14")]
    public async Task The_call_comes_before_the_profile_and_the_profile_before_the_environment()
    {
        await using ProfileHost host = await ProfileHost.StartAsync();
        host.Write(Client + """, "scope": "of.profile" """);
        foreach ((string name, string value) in new Dictionary<string, string>
        {
            ["NIGHTLY"] = "of-profile",
            ["AUTHMODULE_CLIENT_ID"] = "of-environment",
            ["AUTHMODULE_CLIENT_SECRET"] = "of-environment",
            ["AUTHMODULE_SCOPE"] = "of.environment",
            ["AUTHMODULE_USERNAME"] = "alice",
            ["AUTHMODULE_PASSWORD"] = "of-environment",
        })
        {
            host.Host.Variables[name] = value;
        }

        await host.GetAsync();
        await host.GetAsync(new TokenRequest { Profile = "P", ClientId = "nightly", Scopes = ["of.call"] });
        await host.GetAsync(new TokenRequest { Profile = "p", Client = new ClientCredential { Secret = Secret.From("of-call") }, Grant = GrantNames.ClientCredentials });

        Assert.Equal(
            [
                "grant_type=client_credentials&scope=of.profile&client_id=nightly&client_secret=of-profile",
                "grant_type=client_credentials&scope=of.call&client_id=nightly&client_secret=of-profile",
                "grant_type=client_credentials&scope=of.profile&client_id=nightly&client_secret=of-call",
            ],
            host.Bodies);
    }

    [Fact]
    [Trait("Feature", "N10")]
    public async Task The_secrets_of_a_profile_are_not_sent_for_another_client_or_another_person()
    {
        await using ProfileHost host = await ProfileHost.StartAsync();
        host.Write(Client + """, "userName": "alice", "password": { "env": "ALICE" } """);
        host.Host.Variables["NIGHTLY"] = "canary-client";
        host.Host.Variables["ALICE"] = "canary-alice";

        await host.GetAsync(new TokenRequest { Profile = "p", ClientId = "other", Input = new GrantInput { UserName = "alice" } });
        var missing = await Assert.ThrowsAsync<ConfigurationException>(() => host.GetAsync(new TokenRequest { Profile = "p", Input = new GrantInput { UserName = "bob" } }));

        Assert.Equal("grant_type=password&username=alice&password=canary-alice&client_id=other", Assert.Single(host.Bodies));
        Assert.Equal(AuthErrorId.MissingParameter, missing.Code);
    }

    [Fact]
    public async Task A_second_call_with_the_profile_is_served_from_its_session_and_reads_no_secret()
    {
        await using ProfileHost host = await ProfileHost.StartAsync();
        host.Write(Client);
        host.Host.Variables["NIGHTLY"] = "first";
        AuthToken first = await host.GetAsync();
        host.Host.Variables.Remove("NIGHTLY");

        Assert.Same(first, await host.GetAsync());
        Assert.Same(first, await host.GetAsync(new TokenRequest()));
        Assert.Single(host.Bodies);
    }

    [Fact]
    public async Task A_sign_in_reads_each_secret_once_and_every_later_one_reads_it_again()
    {
        await using ProfileHost host = await ProfileHost.StartAsync();
        host.Write(Client);
        host.Host.Variables["NIGHTLY"] = "before";
        await host.GetAsync();
        Assert.Single(host.Host.Log.Lines, line => line.Contains("env:NIGHTLY", StringComparison.Ordinal));

        host.Host.Variables["NIGHTLY"] = "after";
        await host.GetAsync(new TokenRequest(), TokenRequirement.Now);
        await host.GetAsync(new TokenRequest { Profile = "p" }, TokenRequirement.Now);

        Assert.Equal(["before", "after", "after"], host.Bodies.Select(body => body.Substring(body.LastIndexOf('=') + 1)));
    }

    [Fact]
    public async Task A_corrected_secret_is_tried_at_once_whatever_the_former_one_met()
    {
        await using ProfileHost host = await ProfileHost.StartAsync();
        host.Write(Client);
        host.Host.Variables["NIGHTLY"] = "wrong";
        host.Server.On("POST", "/token", request => request.Body.Contains("wrong", StringComparison.Ordinal)
            ? new ScriptedReply("""{"error":"invalid_client"}""", 401)
            : new ScriptedReply("""{"access_token":"good","expires_in":60}"""));
        var refused = await Assert.ThrowsAsync<AuthenticationException>(() => host.GetAsync());
        Assert.Equal(AuthErrorId.InvalidClient, refused.Code);

        host.Host.Variables["NIGHTLY"] = "right";

        Assert.Equal("good", (await host.GetAsync()).ToPlainText());
    }

    [Fact]
    public async Task A_person_of_a_profile_signs_in_and_renews_and_revocation_reads_the_clients_secret()
    {
        await using ProfileHost host = await ProfileHost.StartAsync();
        host.Write(Client + $$""", "userName": "alice", "password": { "env": "ALICE" }, "parameter": { "revocationEndpoint": "SERVER/revoke" } """);
        host.Host.Variables["NIGHTLY"] = "client-1";
        host.Host.Variables["ALICE"] = "alice-1";
        host.Server.On("POST", "/token", """{"access_token":"a","refresh_token":"r","expires_in":3600}""").On("POST", "/revoke", "{}");
        await host.GetAsync();
        host.Host.Variables["NIGHTLY"] = "client-2";
        host.Host.Variables.Remove("ALICE");
        await host.GetAsync(new TokenRequest(), TokenRequirement.Now);
        RevocationResult revoked = await host.Host.RevokeAsync();

        string[] bodies = [.. host.Bodies];
        Assert.Equal("grant_type=password&username=alice&password=alice-1&client_id=nightly&client_secret=client-1", bodies[0]);
        Assert.Equal("grant_type=refresh_token&refresh_token=r&client_id=nightly&client_secret=client-2", bodies[1]);
        Assert.Equal(RevocationOutcome.Confirmed, revoked.AccessToken);
        Assert.All(bodies.Skip(2), body => Assert.EndsWith("client_secret=client-2", body, StringComparison.Ordinal));
    }

    [Fact]
    [Trait("Feature", "C14")]
    public async Task The_environment_names_a_profile_where_the_call_names_no_service()
    {
        await using ProfileHost host = await ProfileHost.StartAsync();
        host.Write(Client);
        host.Host.Variables["NIGHTLY"] = "only-for-p";
        host.Host.Variables["AUTHMODULE_PROFILE"] = "p";

        await host.GetAsync(new TokenRequest());
        await host.GetAsync(new TokenRequest { Provider = "oauth2", TokenEndpoint = host.Server.Address + "/token", ClientId = "elsewhere" });

        Assert.Contains("only-for-p", host.Bodies.First(), StringComparison.Ordinal);
        Assert.DoesNotContain("only-for-p", host.Bodies.Last(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_profile_is_told_with_those_that_there_are()
    {
        await using ProfileHost host = await ProfileHost.StartAsync();
        host.Write(Client);
        var unknown = await Assert.ThrowsAsync<ConfigurationException>(() => host.GetAsync(new TokenRequest { Profile = "nosuch" }));
        Assert.Equal(AuthErrorId.InvalidProfile, unknown.Code);
        Assert.Equal($"There is no profile 'nosuch' in {host.ProfileFile}. It holds p.", unknown.Message);

        File.Delete(host.ProfileFile);
        var missing = await Assert.ThrowsAsync<ConfigurationException>(() => host.GetAsync());
        Assert.Equal(AuthErrorId.InvalidProfile, missing.Code);
        Assert.Contains($"AUTHMODULE_CONFIG names {host.ProfileFile}, and there is no such file", missing.Message, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Feature", "C14")]
    public async Task The_file_is_in_the_users_configuration_folder_or_where_the_variable_says()
    {
        await using ProfileHost host = await ProfileHost.StartAsync();
        host.Write(Client);
        host.Host.Variables["AUTHMODULE_CONFIG"] = host.Folder.Path;
        Assert.Equal("p", Assert.Single(host.Host.Engine.Profiles.All).Name);

        host.Host.Variables.Remove("AUTHMODULE_CONFIG");
        host.Host.Variables[OperatingSystem.IsWindows() || OperatingSystem.IsMacOS() ? "APPDATA" : "XDG_CONFIG_HOME"] = host.Folder.Path;
        Assert.Empty(host.Host.Engine.Profiles.All);
        Directory.CreateDirectory(host.Folder.File(OperatingSystem.IsLinux() ? "authmodule" : "AuthModule"));
        File.Move(host.ProfileFile, Path.Combine(host.Folder.File(OperatingSystem.IsLinux() ? "authmodule" : "AuthModule"), "profiles.json"));
        Assert.Equal("p", Assert.Single(host.Host.Engine.Profiles.All).Name);
    }
}
