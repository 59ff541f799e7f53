using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Guide;
using AuthModule.Profiles;
using AuthModule.TestKit.Servers;

namespace AuthModule.Core.Tests.Profiles;

[Trait("Feature", "U7")]
public sealed class ProfileGuideTests
{
    [Fact]
    public async Task It_finds_the_service_asks_what_is_left_tests_and_writes()
    {
        await using ProfileHost host = await ServiceAsync();
        host.Host.Variables["NIGHTLY_CLIENTSECRET"] = "canary-secret";
        var person = new Person("nightly", "1", host.Server.Address, "1", "nightly-client", "", "orders.read", "yes", "yes");

        ProfileDescription written = new ProfileGuide(host.Host.Engine, person, host.Host.Log).Run(null, replaces: false)!;

        Assert.Empty(person.Answers);
        Assert.Equal(("nightly", "nightly-client"), (written.Name, written.ClientId));
        Assert.Equal("env:NIGHTLY_CLIENTSECRET", written.Secrets.Single().Reference.Name);
        Assert.Contains($"Found {host.Server.Address}.", person.Told);
        Assert.Contains(person.Told, line => line.StartsWith("SignIn: ok", StringComparison.Ordinal));
        Assert.Contains("Scopes that it advertises: orders.read orders.write", person.Told);
        Assert.DoesNotContain(person.Told, line => line.Contains("canary", StringComparison.Ordinal));
        Assert.Equal("orders.read", host.Host.Engine.Profiles.Get("nightly").Scopes.Single());
    }

    [Fact]
    public async Task A_service_that_is_not_found_is_asked_for_again_and_a_typed_secret_is_not_taken()
    {
        await using ProfileHost host = await ServiceAsync();
        host.Host.Variables["S"] = "s";
        var person = new Person("1", host.Server.Address + "/wrong", "1", host.Server.Address + "/.well-known/openid-configuration", "1", "c", "hunter2-hunter2", "env:S", "", "no", "no");

        Assert.Null(new ProfileGuide(host.Host.Engine, person, host.Host.Log).Run("p", replaces: false));

        Assert.Contains(person.Told, line => line.Contains("/wrong", StringComparison.Ordinal));
        Assert.Contains(person.Told, line => line.Contains("does not say where the secret is", StringComparison.Ordinal));
        Assert.DoesNotContain(person.Told, line => line.Contains("hunter2", StringComparison.Ordinal));
        Assert.False(System.IO.File.Exists(host.ProfileFile));
    }

    [Fact]
    public async Task A_failed_test_suggests_not_to_write_and_a_way_that_is_not_advertised_is_offered_last()
    {
        await using ProfileHost host = await ServiceAsync();
        host.Server.On("POST", "/token", """{"error":"invalid_client"}""", 401);
        host.Host.Variables["P_CLIENTSECRET"] = "s";
        var person = new Person("1", host.Server.Address, "1", "c", "", "", "", "");

        Assert.Null(new ProfileGuide(host.Host.Engine, person, host.Host.Log).Run("p", replaces: false));

        Assert.Contains(person.Told, line => line.StartsWith("SignIn: FAIL", StringComparison.Ordinal));
        Assert.EndsWith("not among what the service advertises", person.Told.Last(line => line.StartsWith("  ", StringComparison.Ordinal) && line.Contains(". ", StringComparison.Ordinal) && char.IsDigit(line.Trim()[0])), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_persons_way_is_kept_in_a_store_where_the_person_wants_that()
    {
        await using ProfileHost host = await ServiceAsync();
        var person = new Person("1", host.Server.Address, "4", "desktop", "openid", "yes", "no", "yes");

        ProfileDescription written = new ProfileGuide(host.Host.Engine, person, host.Host.Log).Run("me", replaces: false)!;

        Assert.Equal(("interactive", "file"), (written.Grant, written.Store));
    }

    private static async Task<ProfileHost> ServiceAsync()
    {
        ProfileHost host = await ProfileHost.StartAsync();
        string at = host.Server.Address;
        host.Server.On("GET", "/.well-known/openid-configuration", $$"""
            { "issuer": "{{at}}", "token_endpoint": "{{at}}/token", "authorization_endpoint": "{{at}}/authorize", "jwks_uri": "{{at}}/jwks",
              "grant_types_supported": [ "client_credentials", "authorization_code" ], "scopes_supported": [ "orders.read", "orders.write" ],
              "token_endpoint_auth_methods_supported": [ "client_secret_basic" ] }
            """);
        host.Server.On("GET", "/jwks", """{ "keys": [] }""");
        return host;
    }

    /// <summary>Gives its answers in their order, and has no more than these.</summary>
    private sealed class Person(params string[] answers) : IGuideDialog
    {
        private readonly List<string> told = [];

        public Queue<string> Answers { get; } = new(answers);

        public IReadOnlyList<string> Told => told;

        public string Ask(string question, string? suggestion = null)
        {
            told.Add(question);
            string answer = Answers.Dequeue();
            return answer.Length > 0 ? answer : suggestion ?? string.Empty;
        }

        public int Choose(string question, IReadOnlyList<string> choices, int suggestion = 0)
        {
            told.AddRange([question, .. choices.Select((choice, index) => $"  {index + 1}. {choice}")]);
            return int.Parse(Answers.Dequeue(), System.Globalization.CultureInfo.InvariantCulture) - 1;
        }

        public bool Confirm(string question, bool suggestion) => Ask(question, suggestion ? "yes" : "no") == "yes";

        public void Tell(string line) => told.Add(line);

        public T Wait<T>(Func<CancellationToken, Task<T>> work) => work(TestContext.Current.CancellationToken).GetAwaiter().GetResult();
    }
}
