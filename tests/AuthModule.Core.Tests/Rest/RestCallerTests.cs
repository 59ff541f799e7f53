using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Text;
using System.Threading.Tasks;
using AuthModule.Core.Tests.Support;
using AuthModule.Http;
using AuthModule.Requests;
using AuthModule.Rest;
using AuthModule.Secrets;
using AuthModule.TestKit.Files;
using AuthModule.TestKit.Servers;
using AuthModule.TestKit.Time;

namespace AuthModule.Core.Tests.Rest;

public sealed class RestCallerTests : IAsyncLifetime
{
    private readonly EngineHost host = new(new HurriedClock());
    private ScriptedServer service = null!;
    private ScriptedServer api = null!;
    private int issued;

    public async ValueTask InitializeAsync()
    {
        service = (await ScriptedServer.StartAsync()).On("POST", "/token", _ => new ScriptedReply($$"""{"access_token":"token-canary-{{++issued}}","token_type":"Bearer","expires_in":3600}"""));
        api = await ScriptedServer.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await service.DisposeAsync();
        await api.DisposeAsync();
    }

    [Fact]
    [Trait("Feature", "C13")]
    public async Task The_sessions_token_goes_along_and_the_reply_streams()
    {
        api.On("GET", "/orders", new string('x', 3 * 1024 * 1024));

        using RestReply reply = await SendAsync(Get("/orders"));

        using var body = new StreamReader(await reply.OpenBodyAsync(TestContext.Current.CancellationToken));
        Assert.Equal(3 * 1024 * 1024, (await body.ReadToEndAsync(TestContext.Current.CancellationToken)).Length);
        Assert.Equal("Bearer token-canary-1", api.Requests.Single().Header("Authorization"));
        Assert.Equal("application/json", reply.MediaType);
        Assert.DoesNotContain("canary", string.Join('\n', host.Log.Lines));
    }

    [Theory]
    [Trait("Feature", "C13")]
    [Trait("Feature", "P7")]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_reply_that_is_kept_in_memory_is_of_a_bounded_length(bool isAnnounced)
    {
        api.On("GET", "/orders", _ => new ScriptedReply(new string('x', 5000)) { Headers = isAnnounced ? [("Content-Length", "5000")] : [] });

        using RestReply whole = await SendAsync(Get("/orders") with { ReplyLimit = 5000 });
        using RestReply tooLong = await SendAsync(Get("/orders") with { ReplyLimit = 4999 });

        Assert.Equal(5000, (await whole.ReadAsync(TestContext.Current.CancellationToken)).Length);
        var error = await Assert.ThrowsAsync<AuthServiceException>(() => tooLong.ReadAsync(TestContext.Current.CancellationToken));
        Assert.Equal(AuthErrorId.MalformedResponse, error.Code);
        Assert.Contains("-OutFile", error.RecommendedAction);
    }

    [Fact]
    [Trait("Feature", "C13")]
    [Trait("Feature", "P7")]
    public async Task A_reply_that_drips_is_given_up_when_the_time_of_the_call_is_over()
    {
        var clock = new ManualTimeProvider(DateTimeOffset.UtcNow);
        using RestReply reply = Dripping(clock, TimeSpan.FromSeconds(10));

        var error = await Assert.ThrowsAsync<AuthServiceException>(() => reply.ReadAsync(TestContext.Current.CancellationToken));

        Assert.Equal(AuthErrorId.Timeout, error.Code);
        Assert.Contains("within 30 seconds", error.Message);
        Assert.Equal(0, clock.PendingTimers);
    }

    [Fact]
    [Trait("Feature", "C13")]
    public async Task A_reply_that_goes_elsewhere_as_it_comes_may_take_longer()
    {
        var clock = new ManualTimeProvider(DateTimeOffset.UtcNow);
        using RestReply reply = Dripping(clock, TimeSpan.FromSeconds(10));
        using var file = new MemoryStream();

        await (await reply.OpenBodyAsync(TestContext.Current.CancellationToken)).CopyToAsync(file, TestContext.Current.CancellationToken);

        Assert.Equal(SlowStream.Bytes, file.Length);
    }

    [Fact]
    [Trait("Feature", "C13")]
    public async Task A_reply_that_goes_elsewhere_and_stops_is_given_up()
    {
        var clock = new ManualTimeProvider(DateTimeOffset.UtcNow);
        using RestReply reply = Dripping(clock, TimeSpan.FromSeconds(31));
        using Stream body = await reply.OpenBodyAsync(TestContext.Current.CancellationToken);

        var error = await Assert.ThrowsAsync<AuthServiceException>(() => body.CopyToAsync(Stream.Null, TestContext.Current.CancellationToken));

        Assert.Equal(AuthErrorId.Timeout, error.Code);
    }

    [Fact]
    [Trait("Feature", "C13")]
    [Trait("Feature", "Y12")]
    public async Task An_API_that_asks_to_come_back_after_the_time_of_the_call_is_not_asked_again()
    {
        api.On("GET", "/orders", _ =>
        {
            ((HurriedClock)host.Clock).Advance(TimeSpan.FromSeconds(20));
            return new ScriptedReply("{}", 429) { Headers = [("Retry-After", "14")] };
        });

        var error = await Assert.ThrowsAsync<AuthenticationException>(() => SendAsync(Get("/orders")));

        Assert.Equal(AuthErrorId.RateLimited, error.Code);
        Assert.Single(api.Requests);
    }

    [Fact]
    [Trait("Feature", "C13")]
    public async Task A_401_renews_once_and_repeats_with_its_body()
    {
        api.On("POST", "/orders", request => request.Header("Authorization") == "Bearer token-canary-2" ? new("{}") : new("{}", 401));

        using RestReply reply = await SendAsync(Get("/orders") with { Method = HttpMethod.Post, Body = () => new StringContent("""{"n":1}""", Encoding.UTF8, "application/json") });

        Assert.Equal(200, reply.Status);
        Assert.Equal(["""{"n":1}""", """{"n":1}"""], api.Requests.Select(request => request.Body));
        Assert.Equal(2, issued);
    }

    [Fact]
    [Trait("Feature", "C13")]
    public async Task A_second_401_is_an_error_and_no_third_try()
    {
        api.On("GET", "/orders", _ => new ScriptedReply("""{"detail":"token-canary-2 is not welcome"}""", 401) { Headers = [("WWW-Authenticate", "Bearer error=\"invalid_token\"")] });

        TokenValidationException error = await Assert.ThrowsAsync<TokenValidationException>(() => SendAsync(Get("/orders")));

        Assert.Equal((AuthErrorId.TokenInactive, 401, "invalid_token"), (error.Code, error.StatusCode, error.OAuthError));
        Assert.Equal(2, api.Requests.Count);
        Assert.DoesNotContain("canary", error.ToJson());
    }

    [Theory]
    [Trait("Feature", "C13")]
    [InlineData(403, AuthErrorId.AccessDenied)]
    [InlineData(404, AuthErrorId.InvalidRequest)]
    [InlineData(500, AuthErrorId.ServerError)]
    [InlineData(429, AuthErrorId.RateLimited)]
    public async Task A_refusal_has_its_id_and_the_APIs_words(int status, string id)
    {
        api.On("GET", "/orders", """{"title":"No such thing"}""", status);

        AuthException error = await Assert.ThrowsAnyAsync<AuthException>(() => SendAsync(Get("/orders")));

        Assert.Equal((id, status), (error.Code, error.StatusCode));
        Assert.Contains("No such thing", error.Message);
        Assert.Single(api.Requests);
    }

    [Fact]
    [Trait("Feature", "C13")]
    public async Task Insufficient_scope_is_told_apart()
    {
        api.On("GET", "/orders", _ => new ScriptedReply("", 403, "text/plain") { Headers = [("WWW-Authenticate", "Bearer error=\"insufficient_scope\", scope=\"orders.write\"")] });
        Assert.Equal(AuthErrorId.InsufficientScope, (await Assert.ThrowsAsync<TokenValidationException>(() => SendAsync(Get("/orders")))).Code);
    }

    [Fact]
    [Trait("Feature", "C13")]
    [Trait("Feature", "P12")]
    public async Task A_redirect_to_another_origin_is_refused_and_gets_nothing()
    {
        await using ScriptedServer elsewhere = (await ScriptedServer.StartAsync()).On("GET", "/orders", "{}");
        api.On("GET", "/orders", _ => new ScriptedReply("", 302) { Headers = [("Location", elsewhere.Address + "/orders")] });

        AuthServiceException error = await Assert.ThrowsAsync<AuthServiceException>(() => SendAsync(Get("/orders")));

        Assert.Equal(AuthErrorId.RedirectRefused, error.Code);
        Assert.Empty(elsewhere.Requests);
    }

    [Fact]
    [Trait("Feature", "C13")]
    public async Task A_redirect_within_the_origin_is_followed_with_the_token()
    {
        api.On("GET", "/old", _ => new ScriptedReply("", 301) { Headers = [("Location", "/new?x=1")] }).On("GET", "/new", "{}");

        using RestReply reply = await SendAsync(Get("/old"));

        Assert.Equal("?x=1", api.Requests[^1].Query);
        Assert.Equal("Bearer token-canary-1", api.Requests[^1].Header("Authorization"));
    }

    [Fact]
    [Trait("Feature", "C13")]
    public async Task A_circle_of_redirects_ends()
    {
        api.On("GET", "/a", _ => new ScriptedReply("", 307) { Headers = [("Location", "/a")] });
        Assert.Equal(AuthErrorId.RedirectRefused, (await Assert.ThrowsAsync<AuthServiceException>(() => SendAsync(Get("/a")))).Code);
    }

    [Theory]
    [Trait("Feature", "C13")]
    [Trait("Feature", "Y12")]
    [InlineData(429)]
    [InlineData(503)]
    public async Task An_API_that_asks_to_come_back_is_asked_again(int status)
    {
        var replies = new Queue<ScriptedReply>([new("{}", status) { Headers = [("Retry-After", "7")] }, new("{}")]);
        api.On("GET", "/orders", _ => replies.Dequeue());
        DateTimeOffset before = host.Clock.GetUtcNow();

        using RestReply reply = await SendAsync(Get("/orders"));

        Assert.Equal(200, reply.Status);
        Assert.True(host.Clock.GetUtcNow() - before >= TimeSpan.FromSeconds(7));
    }

    [Fact]
    [Trait("Feature", "C13")]
    public async Task A_second_credential_of_the_users_own_is_refused_before_anything_is_sent()
    {
        AuthenticationException error = await Assert.ThrowsAsync<AuthenticationException>(
            () => SendAsync(Get("/orders") with { Headers = [new("authorization", "Bearer other")] }));

        Assert.Equal(AuthErrorId.InvalidRequest, error.Code);
        Assert.Empty(api.Requests);
    }

    // A provider that describes headers of its own gets a row here, or a file of its own that looks at them.
    [Fact]
    [Trait("Feature", "C5")]
    public void The_built_in_providers_with_headers_of_their_own_are_tested()
    {
        string[] tests = [.. RepositoryFiles.In("tests/AuthModule.Core.Tests/Providers/Services", "*Tests.cs").Select(File.ReadAllText).Where(text => text.Contains("ToHeader()", StringComparison.Ordinal))];
        IEnumerable<string> names = host.Engine.Providers.All.Where(provider => provider.Description.TokenHeaders is not null).Select(provider => provider.Name);
        Assert.All(names.Where(name => name != "cognito"), name => Assert.Contains(tests, text => text.Contains($"\"{name}\"", StringComparison.Ordinal)));
    }

    [Theory]
    [Trait("Feature", "C5")]
    [Trait("Feature", "C13")]
    [InlineData("cognito", null, "application/json")]
    [InlineData("cognito", "text/csv", "text/csv")]
    public async Task A_described_header_that_is_no_credential_goes_along_and_gives_way_to_the_callers(string provider, string? wanted, string accept)
    {
        api.On("GET", "/orders", "{}").On("POST", "/orders", "{}");
        AuthToken token = await host.GetAsync(Request() with { Provider = provider });
        KeyValuePair<string, string>[] headers = wanted is null ? [] : [new("accept", wanted)];

        foreach (RestRequest request in new[] { Get("/orders"), Get("/orders") with { Method = HttpMethod.Post, Body = () => new StringContent("<a/>", Encoding.UTF8, "text/xml") } })
        {
            using RestReply reply = await host.Engine.Rest.SendAsync(token.Session, request with { Headers = headers }, TransportSettings.Default, host.Log, TestContext.Current.CancellationToken);
        }

        Assert.All(api.Requests, sent => Assert.Equal(("Bearer token-canary-1", accept), (sent.Header("Authorization"), sent.Header("Accept"))));
        Assert.Equal([null, "text/xml; charset=utf-8"], api.Requests.Select(sent => sent.Header("Content-Type")));
    }

    [Theory]
    [Trait("Feature", "C5")]
    [Trait("Feature", "C13")]
    [InlineData("cognito", null, "application/json")]
    [InlineData("cognito", "text/csv", "text/csv")]
    public async Task An_HttpClient_sends_described_headers_where_the_request_has_none_of_that_name(string provider, string? wanted, string accept)
    {
        api.On("POST", "/orders", "{}");
        AuthToken token = await host.GetAsync(Request() with { Provider = provider });
        using var client = new HttpClient(new AuthTokenHandler(token.Session, new Uri(api.Address)));
        using var request = new HttpRequestMessage(HttpMethod.Post, api.Address + "/orders") { Content = new StringContent("<a/>", Encoding.UTF8, "text/xml") };
        if (wanted is not null)
        {
            request.Headers.Accept.ParseAdd(wanted);
        }

        using HttpResponseMessage reply = await client.SendAsync(request, TestContext.Current.CancellationToken);

        ReceivedRequest sent = Assert.Single(api.Requests);
        Assert.Equal(("Bearer token-canary-1", accept, "text/xml; charset=utf-8"), (sent.Header("Authorization"), sent.Header("Accept"), sent.Header("Content-Type")));
    }

    [Fact]
    [Trait("Feature", "C13")]
    [Trait("Feature", "Y4")]
    public async Task An_API_key_goes_in_its_own_header_and_is_not_renewed()
    {
        api.On("GET", "/orders", "{}", 401);
        AuthToken key = await host.GetAsync(new TokenRequest { Provider = "pynomaly", Authority = service.Address, Input = new GrantInput { ApiKey = Secret.From("key-canary") } });

        await Assert.ThrowsAsync<TokenValidationException>(() => host.Engine.Rest.SendAsync(key.Session, Get("/orders"), TransportSettings.Default, host.Log, TestContext.Current.CancellationToken));

        ReceivedRequest sent = Assert.Single(api.Requests);
        Assert.Equal(("key-canary", null), (sent.Header("X-API-Key"), sent.Header("Authorization")));
        Assert.Empty(service.Requests);
    }

    [Fact]
    [Trait("Feature", "C13")]
    public async Task An_HttpClient_attaches_the_token_renews_it_and_sends_it_nowhere_else()
    {
        await using ScriptedServer elsewhere = (await ScriptedServer.StartAsync()).On("GET", "/x", "{}");
        api.On("POST", "/orders", request => request.Header("Authorization") == "Bearer token-canary-2" ? new("{}") : new("{}", 401));
        AuthToken token = await TokenAsync();
        using var client = new HttpClient(new AuthTokenHandler(token.Session, new Uri(api.Address)));

        HttpResponseMessage reply = await client.PostAsync(api.Address + "/orders", new StringContent("body-1"), TestContext.Current.CancellationToken);
        await client.GetAsync(elsewhere.Address + "/x", TestContext.Current.CancellationToken);

        Assert.Equal(200, (int)reply.StatusCode);
        Assert.Equal(["body-1", "body-1"], api.Requests.Select(request => request.Body));
        Assert.Null(elsewhere.Requests.Single().Header("Authorization"));
        Assert.Equal("token-canary-2", (await host.CurrentAsync()).ToPlainText());
    }

    [Fact]
    [Trait("Feature", "C13")]
    public async Task An_HttpClient_is_not_given_a_token_for_a_cleartext_API()
    {
        AuthToken token = await TokenAsync();
        Assert.Equal(AuthErrorId.InsecureUrl, Assert.Throws<ConfigurationException>(() => new AuthTokenHandler(token.Session, new Uri("http://api.example"))).Code);
    }

    [Fact]
    [Trait("Feature", "R11")]
    public async Task Introspection_asks_as_the_client_and_keeps_the_token_out_of_the_log()
    {
        service.On("POST", "/introspect", """{"active":true,"sub":"alice"}""");
        TokenRequest request = Request() with { Parameters = new Dictionary<string, string> { ["introspectionEndpoint"] = service.Address + "/introspect" } };
        (TokenRequest filled, AuthModule.Requests.Service resolved) = host.Engine.Resolve(request);

        System.Text.Json.JsonElement answer = await host.Engine.Introspection.AskAsync(resolved, filled, Secret.From("asked-canary"), "access_token", host.Log, TestContext.Current.CancellationToken);

        Assert.Equal("alice", answer.GetProperty("sub").GetString());
        Assert.Equal("token=asked-canary&token_type_hint=access_token", service.Requests.Single().Body);
        Assert.StartsWith("Basic ", service.Requests.Single().Header("Authorization"));
        Assert.DoesNotContain("canary", string.Join('\n', host.Log.Lines));
    }

    [Fact]
    [Trait("Feature", "R10")]
    [Trait("Feature", "R11")]
    public async Task A_token_from_elsewhere_needs_the_one_endpoint_that_is_asked()
    {
        service.On("POST", "/introspect", """{"active":true,"sub":"alice"}""").On("POST", "/revoke", "");
        TokenRequest At(string name, string path) => new()
        {
            Provider = "oauth2",
            ClientId = "c1",
            Client = new ClientCredential { Secret = Secret.From("s3cret") },
            Parameters = new Dictionary<string, string> { [name] = service.Address + path },
        };

        RevocationResult revoked = await host.Engine.RevokeTokenAsync(host.Table, At("revocationEndpoint", "/revoke"), Secret.From("t"), host.Log, TestContext.Current.CancellationToken);
        TokenTestResult tested = await host.Engine.Tester.TestAsync(
            host.Table, new AuthModule.TokenTesting.TokenTestRequest { Service = At("introspectionEndpoint", "/introspect"), Introspect = true }, "t", host.Log, TestContext.Current.CancellationToken);

        Assert.Equal((RevocationOutcome.Confirmed, true), (revoked.AccessToken, tested.IsValid));
        Assert.Equal(["/revoke", "/introspect"], service.Requests.Select(request => request.Path));
    }

    [Fact]
    [Trait("Feature", "P4")]
    public async Task A_sign_in_without_any_endpoint_names_the_one_that_it_needs()
    {
        ConfigurationException error = await Assert.ThrowsAsync<ConfigurationException>(
            () => host.GetAsync(new TokenRequest { Provider = "oauth2", ClientId = "c1", Client = new ClientCredential { Secret = Secret.From("s3cret") } }));
        Assert.StartsWith("-TokenEndpoint is missing", error.Message);
    }

    private TokenRequest Request() => new() { TokenEndpoint = service.Address + "/token", ClientId = "c1", Client = new ClientCredential { Secret = Secret.From("s3cret") } };

    private Task<AuthToken> TokenAsync() => host.GetAsync(Request());

    // With a time-out of half a minute.
    private static RestReply Dripping(ManualTimeProvider clock, TimeSpan pause) => new(
        new HttpResponseMessage { Content = new StreamContent(new SlowStream(clock, pause)) },
        new WireRequest("request", "https://api.example", HttpMethod.Get, new Uri("https://api.example/orders")),
        new TimeBudget(TimeSpan.FromSeconds(30), clock),
        clock);

    private RestRequest Get(string path) => new(new Uri(api.Address + path));

    private async Task<RestReply> SendAsync(RestRequest request) =>
        await host.Engine.Rest.SendAsync((await TokenAsync()).Session, request, TransportSettings.Default, host.Log, TestContext.Current.CancellationToken);

    /// <summary>Gives one byte at a time, each a pause after the last by a clock that nobody waits for.</summary>
    private sealed class SlowStream(ManualTimeProvider clock, TimeSpan pause) : MemoryStream(new byte[Bytes])
    {
        public const int Bytes = 20;

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, System.Threading.CancellationToken cancellationToken) =>
            ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, System.Threading.CancellationToken cancellationToken = default)
        {
            clock.Advance(pause);
            cancellationToken.ThrowIfCancellationRequested();
            return new ValueTask<int>(Read(buffer.Span[..Math.Min(buffer.Length, 1)]));
        }
    }
}
