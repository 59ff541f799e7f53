using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using AuthModule.Core.Tests.Support;
using AuthModule.Requests;
using AuthModule.Secrets;
using AuthModule.ServiceChecks;
using AuthModule.Sessions;
using AuthModule.TestKit.Servers;

namespace AuthModule.Core.Tests.Profiles;

[Trait("Feature", "U15")]
public sealed class ProfileChainTests
{
    private const string Chain = """
        "clientId": "orders", "clientAuthentication": "Post", "scope": "orders.read",
        "chain": [
            { "way": "workload", "clientId": "pipeline", "assertionSource": "file:token.jwt" },
            { "way": "managed identity", "resource": "api://orders" },
            { "way": "client key", "clientKey": "orders.pem" },
            { "way": "client secret", "clientSecret": { "env": "ORDERS_SECRET" } },
            "device"
        ]
        """;

    [Fact]
    public async Task The_first_way_that_fits_the_place_is_taken_and_the_others_are_told_with_the_reason()
    {
        await using ProfileHost host = await ProfileHost.StartAsync();
        host.Write(Chain);
        host.Host.Variables["ORDERS_SECRET"] = "canary-secret";

        await host.GetAsync();

        Assert.Equal("grant_type=client_credentials&scope=orders.read&client_id=orders&client_secret=canary-secret", Assert.Single(host.Bodies));
        AuthSession session = AuthEngine.RequireCurrent(host.Host.Table);
        Assert.Equal("client secret", session.Way);
        Assert.Collection(
            session.PassedOver,
            passed => Assert.StartsWith($"workload: there is no file {host.Folder.File("token.jwt")}", passed, StringComparison.Ordinal),
            passed => Assert.StartsWith("managed identity: azure-managed-identity-app: IDENTITY_ENDPOINT and IDENTITY_HEADER are not set; azure-managed-identity-vm: none of", passed, StringComparison.Ordinal),
            passed => Assert.StartsWith("client key: there is no file", passed, StringComparison.Ordinal));
        Assert.Contains("Verbose: Profile 'p' signs in by client secret: by env:ORDERS_SECRET.", host.Host.Log.Lines);
        Assert.Contains(host.Host.Log.Lines, line => line.StartsWith("Verbose: Profile 'p' does not sign in by workload: there is no file", StringComparison.Ordinal));
        Assert.DoesNotContain(host.Host.Log.Lines.Concat(session.PassedOver), line => line.Contains("canary", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Another_place_takes_another_way_of_the_same_profile()
    {
        await using ProfileHost host = await ProfileHost.StartAsync();
        host.Write(Chain);
        host.Host.Variables["ORDERS_SECRET"] = "s";
        await File.WriteAllTextAsync(host.Folder.File("token.jwt"), "platform-assertion", TestContext.Current.CancellationToken);

        await host.GetAsync();

        Assert.Equal(
            "grant_type=client_credentials&scope=orders.read&client_id=pipeline&client_assertion_type=urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer&client_assertion=platform-assertion",
            Assert.Single(host.Bodies));
        Assert.Equal("workload", AuthEngine.RequireCurrent(host.Host.Table).Way);
        Assert.Empty(AuthEngine.RequireCurrent(host.Host.Table).PassedOver);
    }

    [Fact]
    [Trait("Feature", "R19")]
    public async Task A_managed_identity_is_found_by_what_the_cloud_sets_and_takes_nothing_of_the_profiles_service()
    {
        await using ProfileHost host = await ProfileHost.StartAsync();
        host.Server.On("GET", "/msi", _ => new ScriptedReply("""{"access_token":"of-machine","expires_on":"4102444800"}"""));
        host.Write(Chain + """, "clientSecret": { "env": "ORDERS_SECRET" } """);
        host.Host.Variables["ORDERS_SECRET"] = "canary-secret";
        host.Host.Variables["IDENTITY_ENDPOINT"] = host.Server.Address + "/msi";
        host.Host.Variables["IDENTITY_HEADER"] = "header";

        AuthToken token = await host.GetAsync();

        Assert.Equal("of-machine", token.ToPlainText());
        ReceivedRequest sent = Assert.Single(host.Server.Requests);
        Assert.Contains("resource=api%3A%2F%2Forders", sent.Query, StringComparison.Ordinal);
        Assert.DoesNotContain("orders-admin", sent.Query, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", sent.Query + sent.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("client_id", sent.Query, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_way_that_fits_and_fails_is_an_error_and_no_other_is_tried()
    {
        await using ProfileHost host = await ProfileHost.StartAsync();
        host.Write(Chain);
        host.Host.Variables["ORDERS_SECRET"] = "s";
        await File.WriteAllTextAsync(host.Folder.File("token.jwt"), "spent-assertion", TestContext.Current.CancellationToken);
        host.Server.On("POST", "/token", _ => new ScriptedReply("""{"error":"invalid_client"}""", 401));

        AuthException refused = await Assert.ThrowsAnyAsync<AuthException>(() => host.GetAsync());

        Assert.Equal(AuthErrorId.InvalidClient, refused.Code);
        Assert.Single(host.Bodies);
    }

    [Theory]
    [InlineData(true, null, AuthErrorId.InteractionRequired, "Device: nobody is there to act (-NonInteractive)")]
    [InlineData(false, "CI", AuthErrorId.InteractionRequired, "Device: nobody is there to act (CI is set")]
    public async Task Where_no_way_fits_the_error_names_each_with_what_is_missing(bool isNonInteractive, string? variable, string id, string last)
    {
        await using ProfileHost host = await ProfileHost.StartAsync();
        host.Write(Chain);
        if (variable is not null)
        {
            host.Host.Variables[variable] = "true";
        }

        AuthException none = await Assert.ThrowsAnyAsync<AuthException>(() => host.GetAsync(new TokenRequest { Profile = "p", IsNonInteractive = isNonInteractive }));

        Assert.Equal(id, none.Code);
        Assert.StartsWith("None of the ways to sign in of profile 'p' fits here. Workload: there is no file", none.Message, StringComparison.Ordinal);
        Assert.Contains("Client secret: its clientSecret is not here: the environment variable ORDERS_SECRET is not set", none.Message, StringComparison.Ordinal);
        Assert.Contains(last, none.Message, StringComparison.Ordinal);
        Assert.Empty(host.Bodies);
    }

    [Fact]
    public async Task Where_no_person_was_wanted_what_is_missing_is_a_parameter()
    {
        await using ProfileHost host = await ProfileHost.StartAsync();
        host.Write("""
            "chain": [ { "way": "client secret", "clientSecret": { "file": "none" } }, { "way": "api key", "apiKey": { "command": [ "no-such-program-here" ] } }, { "way": "password", "userName": "a", "password": { "vault": "v", "secret": "s" } } ]
            """);
        AuthException none = await Assert.ThrowsAnyAsync<AuthException>(() => host.GetAsync());
        Assert.Equal(AuthErrorId.MissingParameter, none.Code);
        Assert.Contains("Api key: its apiKey is not here: there is no program no-such-program-here.", none.Message, StringComparison.Ordinal);
        Assert.Contains("Password: its password is not here: vaults of SecretManagement exist in PowerShell only.", none.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_call_that_says_how_to_sign_in_asks_no_chain()
    {
        await using ProfileHost host = await ProfileHost.StartAsync();
        host.Write(Chain);
        host.Host.Variables["ORDERS_SECRET"] = "of-chain";

        await host.GetAsync(new TokenRequest { Profile = "p", Client = new ClientCredential { Secret = Secret.From("of-call") } });

        Assert.EndsWith("client_id=orders&client_secret=of-call", Assert.Single(host.Bodies), StringComparison.Ordinal);
        Assert.Null(AuthEngine.RequireCurrent(host.Host.Table).Way);
    }

    [Fact]
    public async Task A_second_call_with_the_chain_is_served_from_its_session()
    {
        await using ProfileHost host = await ProfileHost.StartAsync();
        host.Write(Chain);
        host.Host.Variables["ORDERS_SECRET"] = "s";

        Assert.Same(await host.GetAsync(), await host.GetAsync());
        Assert.Same(AuthEngine.RequireCurrent(host.Host.Table), host.Host.Engine.FindSession(host.Host.Table, new TokenRequest { Profile = "p" }));
        Assert.Single(host.Bodies);
    }

    [Fact]
    public async Task A_stored_session_of_the_service_and_client_is_gone_on_with_by_another_process()
    {
        await using ProfileHost host = await ProfileHost.StartAsync();
        const string Stored = """ "clientId": "desktop", "clientAuthentication": "None", "chain": [ "stored session", { "way": "client secret", "clientSecret": { "env": "S" } } ] """;
        host.Write(Stored.Replace(""" "clientAuthentication": "None",""", string.Empty, StringComparison.Ordinal));
        host.Host.Variables["HOME"] = host.Folder.File("home");
        host.Host.Variables["S"] = "secret";
        host.Server.On("POST", "/token", _ => new ScriptedReply("""{"access_token":"fresh","refresh_token":"r","expires_in":3600}"""));
        string store = "file:" + host.Folder.File("store");

        // Nothing is kept yet: the next way is taken.
        await host.GetAsync(new TokenRequest { Profile = "p", Store = store });
        Assert.Equal("client secret", AuthEngine.RequireCurrent(host.Host.Table).Way);

        var other = new EngineHost();
        foreach (KeyValuePair<string, string> variable in host.Host.Variables.Where(variable => variable.Key != "S"))
        {
            other.Variables[variable.Key] = variable.Value;
        }

        var request = new TokenRequest { Profile = "p", Store = store };
        AuthSession found = await other.Engine.OpenAsync(other.Table, request, other.Log, TestContext.Current.CancellationToken);
        AuthToken token = await other.Engine.GetTokenAsync(other.Table, found, TokenRequirement.Default, other.Log, TestContext.Current.CancellationToken);

        Assert.Equal("stored session", found.Way);
        Assert.Equal("fresh", token.ToPlainText());
        Assert.Single(host.Bodies);
        Assert.Same(found, await other.Engine.OpenAsync(other.Table, request, other.Log, TestContext.Current.CancellationToken));
    }

    [Fact]
    [Trait("Feature", "N17")]
    public async Task The_diagnosis_says_which_way_is_taken_and_tries_it()
    {
        await using ProfileHost host = await ProfileHost.StartAsync();
        host.Write(Chain);
        host.Host.Variables["ORDERS_SECRET"] = "s";

        IReadOnlyList<ServiceCheck> checks = await DiagnoseAsync(host, new TokenRequest { Profile = "p" });

        Assert.Equal("Way", checks[0].Name);
        Assert.StartsWith("client secret, by env:ORDERS_SECRET; not workload: there is no file", checks[0].Detail, StringComparison.Ordinal);
        Assert.True(checks.Single(check => check.Name == "SignIn").Passed, checks.Single(check => check.Name == "SignIn").Detail);
        Assert.DoesNotContain(await DiagnoseAsync(host, new TokenRequest { Provider = "oauth2", TokenEndpoint = host.Server.Address + "/token" }), check => check.Name == "Way");
    }

    [Fact]
    [Trait("Feature", "N17")]
    public async Task Where_no_way_fits_the_diagnosis_looks_at_the_profiles_service_all_the_same()
    {
        await using ProfileHost host = await ProfileHost.StartAsync();
        host.Write(Chain);
        host.Host.Variables["CI"] = "true";

        IReadOnlyList<ServiceCheck> checks = await DiagnoseAsync(host, new TokenRequest { Profile = "p" });

        Assert.Equal((false, AuthErrorId.InteractionRequired), (checks[0].Passed, checks[0].Id));
        Assert.True(checks.Single(check => check.Name == "Http").Passed);
        Assert.Equal("not looked at: Way failed", checks.Single(check => check.Name == "SignIn").Detail);
    }

    private static async Task<IReadOnlyList<ServiceCheck>> DiagnoseAsync(ProfileHost host, TokenRequest request)
    {
        var diagnosis = new ServiceDiagnosis(host.Host.Engine, request, host.Host.Log);
        var checks = new List<ServiceCheck>();
        while (await diagnosis.NextAsync(TestContext.Current.CancellationToken) is { } check)
        {
            checks.Add(check);
        }

        return checks;
    }
}
