using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using AuthModule.Interaction;
using AuthModule.Requests;
using AuthModule.TestKit.Browsers;
using AuthModule.TestKit.Time;

namespace AuthModule.Core.Tests.Embedded;

/// <summary>The interactive flow at the embedded server: pushed, with resources and details, signed in on its pages.</summary>
public sealed class CodeFlowTests
{
    [Fact]
    [Trait("Feature", "R5")]
    [Trait("Feature", "R12")]
    public async Task The_request_is_pushed_and_the_browser_carries_only_a_reference()
    {
        var person = new Person("allow");
        await using EmbeddedFlow flow = await EmbeddedFlow.StartAsync(browser: person);

        AuthToken token = await flow.Host.GetAsync(flow.As("desktop", "openid", "orders.read") with { Grant = GrantNames.Interactive });

        Assert.Equal("alice", token.Subject);
        Assert.Equal(1, flow.Server.CountOf("/par"));
        Assert.Equal(["client_id", "request_uri"], flow.Server.Requests.Single(request => request.Path == "/authorize").Query.Select(field => field.Name));
        Assert.Contains("data-outcome=\"success\"", await person.LastPage);
    }

    [Fact]
    [Trait("Feature", "R12")]
    public async Task A_client_that_has_to_push_is_served_when_it_does_and_refused_when_not()
    {
        var person = new Person("allow");
        await using EmbeddedFlow flow = await EmbeddedFlow.StartAsync(browser: person);
        Assert.Equal("alice", (await flow.Host.GetAsync(flow.As("pushing", "openid") with { Grant = GrantNames.Interactive })).Subject);

        using var walk = new PageWalk();
        await walk.OpenAsync(new Uri(flow.Issuer + "/authorize?client_id=pushing&response_type=code&redirect_uri=http%3A%2F%2F127.0.0.1%2Fx"));
        Assert.Equal((400, "message"), (walk.Status, walk.Page));
        Assert.Contains("push", walk.Text);
    }

    [Fact]
    [Trait("Feature", "R12")]
    public async Task A_pushed_request_is_checked_works_once_runs_out_and_is_its_clients()
    {
        var clock = new ManualTimeProvider();
        await using EmbeddedFlow flow = await EmbeddedFlow.StartAsync(options => options with { AutoApproveAs = "alice" }, clock);
        (string, string)[] good =
        [
            ("client_id", "desktop"), ("response_type", "code"), ("redirect_uri", "http://127.0.0.1:7000/x"),
            ("code_challenge", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"), ("code_challenge_method", "S256"),
        ];
        async Task<string> PushAsync()
        {
            (int status, JsonElement json) = await flow.PostAsync("/par", good);
            Assert.Equal(201, status);
            return json.GetProperty("request_uri").GetString()!;
        }

        async Task<int> OpenAsync(string uri, string client = "desktop")
        {
            using var walk = new PageWalk();
            await walk.OpenAsync(new Uri($"{flow.Issuer}/authorize?client_id={client}&request_uri={Uri.EscapeDataString(uri)}"));
            return walk.Left is null ? walk.Status : 0;
        }

        string first = await PushAsync();
        Assert.Equal(0, await OpenAsync(first));
        Assert.Equal(400, await OpenAsync(first));
        Assert.Equal(400, await OpenAsync(await PushAsync(), "pushing"));
        string late = await PushAsync();
        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(400, await OpenAsync(late));

        foreach ((string name, string value, string error) in new[]
        {
            ("redirect_uri", "https://evil.example/", "invalid_request"), ("code_challenge_method", "plain", "invalid_request"), ("scope", "admin", "invalid_scope"),
            ("resource", "urn:other", "invalid_target"), ("authorization_details", "[{\"type\":\"other\"}]", "invalid_authorization_details"), ("request_uri", "urn:x", "invalid_request"),
        })
        {
            Assert.Equal(error, (await flow.PostAsync("/par", good.Where(field => field.Item1 != name).Append((name, value)))).Json.GetProperty("error").GetString());
        }

        Assert.Equal(401, (await flow.PostAsync("/par", good.Where(field => field.Item1 != "client_id").Append(("client_id", "portal")))).Status);
    }

    [Fact]
    [Trait("Feature", "R5")]
    public async Task A_person_who_denies_is_AccessDenied_on_both_sides()
    {
        var person = new Person("deny");
        await using EmbeddedFlow flow = await EmbeddedFlow.StartAsync(browser: person);

        AuthenticationException error = await Assert.ThrowsAsync<AuthenticationException>(
            () => flow.Host.GetAsync(flow.As("desktop", "openid") with { Grant = GrantNames.Interactive }));

        Assert.Equal(AuthErrorId.AccessDenied, error.Code);
        Assert.Contains("data-outcome=\"failure\"", await person.LastPage);
    }

    [Fact]
    [Trait("Feature", "R14")]
    [Trait("Feature", "R20")]
    public async Task Resources_and_details_are_shown_granted_and_kept_at_renewals()
    {
        var person = new Person("allow");
        await using EmbeddedFlow flow = await EmbeddedFlow.StartAsync(browser: person);
        TokenRequest request = flow.As("desktop", "openid", "orders.read") with
        {
            Grant = GrantNames.Interactive,
            Resources = ["urn:stock"],
            Parameters = new Dictionary<string, string> { ["authorization_details"] = """[{"type":"order","limit":"<100>"}]""" },
        };

        AuthToken token = await flow.Host.GetAsync(request);
        AuthToken renewed = await flow.Host.UpdateAsync();

        Assert.Contains("urn:stock", person.Consent);
        Assert.Contains("&lt;100&gt;", person.Consent);
        foreach (AuthToken one in new[] { token, renewed })
        {
            Assert.Equal(["urn:stock"], EmbeddedFlow.Audience(one));
            Assert.Contains("\"limit\":\"<100>\"", System.Text.Encoding.UTF8.GetString(Microsoft.IdentityModel.Tokens.Base64UrlEncoder.DecodeBytes(one.ToPlainText().Split('.')[1])).Replace("\\u003C", "<").Replace("\\u003E", ">"));
        }
    }

    /// <summary>Signs in and answers on the server's pages.</summary>
    private sealed class Person(string answer) : IBrowser
    {
        public string Consent { get; private set; } = string.Empty;

        public Task<string> LastPage { get; private set; } = Task.FromResult(string.Empty);

        public Task<int> Open(Uri address, string? path)
        {
            LastPage = Task.Run(async () =>
            {
                using var walk = new PageWalk();
                await walk.OpenAsync(address);
                await walk.SignInAsync("alice", EmbeddedFlow.Password);
                Consent = walk.Text;
                await walk.AnswerAsync(answer);
                await walk.OpenAsync(walk.Left!);
                return walk.Text;
            });
            return new TaskCompletionSource<int>().Task;
        }
    }
}
