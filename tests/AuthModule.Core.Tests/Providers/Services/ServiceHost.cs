using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Core.Tests.Support;
using AuthModule.Http;
using AuthModule.Requests;
using AuthModule.Secrets;
using AuthModule.Telemetry;
using AuthModule.TestKit.Time;

namespace AuthModule.Core.Tests.Providers.Services;

/// <summary>
/// A service of a built-in description as its pages tell of it, met at its real addresses through the engine's one door to the network: nothing
/// leaves the process, what would be sent is kept letter by letter. A secret of the request that stands in a log is a failure when the test ends.
/// </summary>
internal sealed class ServiceHost : IHttpSender, IDisposable
{
    private readonly Dictionary<string, Queue<Func<ServiceRequest, ServiceReply>>> script = new(StringComparer.Ordinal);
    private readonly List<ServiceRequest> sent = [];
    private readonly List<string> secrets = [];

    public ServiceHost(string provider)
    {
        Host = new EngineHost(Clock, sender: this);
        Request = new TokenRequest { Provider = provider, IsNonInteractive = true };
    }

    /// <summary>2026-01-02T03:04:05Z, 1767323045, until it is moved.</summary>
    public ManualTimeProvider Clock { get; } = new();

    public EngineHost Host { get; }

    /// <summary>What the caller asks for. The With... methods fill it; anything else by <c>with</c>.</summary>
    public TokenRequest Request { get; set; }

    public IReadOnlyList<ServiceRequest> Sent => sent;

    /// <summary>Each request as <c>METHOD address body</c>, the body only where there is one.</summary>
    public IEnumerable<string> Lines => sent.Select(request => request.ToString());

    /// <summary>Answers <c>METHOD address</c>, the query left out. Several answers for one come in turn; the last one stays.</summary>
    public ServiceHost On(string request, string body, int status = 200, string contentType = "application/json", params (string Name, string Value)[] headers) =>
        On(request, _ => new ServiceReply(body, status, contentType, headers));

    public ServiceHost On(string request, Func<ServiceRequest, ServiceReply> answer)
    {
        if (!script.TryGetValue(request, out Queue<Func<ServiceRequest, ServiceReply>>? answers))
        {
            script[request] = answers = new Queue<Func<ServiceRequest, ServiceReply>>();
        }

        answers.Enqueue(answer);
        return this;
    }

    public ServiceHost WithClient(string id, string secret)
    {
        Request = Request with { ClientId = id, Client = new ClientCredential { Secret = Keep(secret) } };
        return this;
    }

    /// <param name="id">Null where the key file says it, or nothing does.</param>
    /// <param name="keyFile">The file, in any form that <c>-ClientKey</c> takes.</param>
    public ServiceHost WithKey(string? id, string keyFile)
    {
        Request = Request with { ClientId = id, Client = new ClientCredential { KeyFile = keyFile } };
        return this;
    }

    public ServiceHost WithPerson(string name, string password)
    {
        Request = Request with { Input = Request.Input with { UserName = name, Password = Keep(password) } };
        return this;
    }

    public ServiceHost WithApiKey(string key)
    {
        Request = Request with { Input = Request.Input with { ApiKey = Keep(key) } };
        return this;
    }

    public ServiceHost WithRefreshToken(string token)
    {
        Request = Request with { Input = Request.Input with { RefreshToken = Keep(token) } };
        return this;
    }

    public ServiceHost WithAuthority(string authority)
    {
        Request = Request with { Authority = authority };
        return this;
    }

    public ServiceHost WithScopes(params string[] scopes)
    {
        Request = Request with { Scopes = scopes };
        return this;
    }

    public ServiceHost WithParameter(string name, string value)
    {
        Request = Request with { Parameters = new Dictionary<string, string>(Request.Parameters) { [name] = value } };
        return this;
    }

    public ServiceHost WithSecretParameter(string name, string value)
    {
        Request = Request with { SecretParameters = new Dictionary<string, Secret>(Request.SecretParameters) { [name] = Keep(value) } };
        return this;
    }

    public Task<AuthToken> GetAsync() => Host.GetAsync(Request);

    /// <summary>Asks for a sign-in by browser, and takes the code that the service sends back.</summary>
    /// <param name="code">The code.</param>
    /// <param name="callback">The client's redirect URI.</param>
    public async Task<(AuthorizationRequest Asked, AuthToken Token)> SignInAsync(string code, string callback = "https://client.example/callback")
    {
        TokenRequest request = Request with { Grant = "authorization_code", Input = Request.Input with { RedirectUri = callback } };
        AuthorizationRequest asked = await Host.Engine.CreateAuthorizationRequestAsync(request, Host.Log, TestContext.Current.CancellationToken);
        TokenRequest answer = new() { Input = new GrantInput { AuthorizationRequest = asked, CallbackUri = Keep($"{callback}?code={code}&state={asked.State}") } };
        return (asked, await Host.GetAsync(answer));
    }

    /// <summary>A renewal now.</summary>
    public Task<AuthToken> UpdateAsync() => Host.UpdateAsync();

    public Task<RevocationResult> RevokeAsync() => Host.RevokeAsync();

    /// <summary>The call is refused. No secret of the request is in what the caller sees of it.</summary>
    public async Task<AuthException> RefusedAsync()
    {
        AuthException error = await Assert.ThrowsAnyAsync<AuthException>(GetAsync);
        AssertNoSecretIn(error + error.ToJson());
        return error;
    }

    /// <summary>Remembers a secret that no text may show, such as one that a reply brings.</summary>
    public Secret Keep(string secret)
    {
        secrets.Add(secret);
        return Secret.From(secret);
    }

    public void Dispose() => AssertNoSecretIn(string.Join('\n', Host.Log.Lines));

    async Task<WireReply> IHttpSender.SendAsync(WireRequest request, TransportSettings transport, ICallLog log, CancellationToken cancellationToken)
    {
        AddressPolicy.RequireProtected(request.Url, request.Service, transport);
        ServiceRequest received = await ServiceRequest.ReadAsync(request, cancellationToken);
        sent.Add(received);
        ServiceReply reply = AnswerFor(received)(received);
        using var response = new HttpResponseMessage((HttpStatusCode)reply.Status) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(reply.Body)) };
        response.Content.Headers.TryAddWithoutValidation("Content-Type", reply.ContentType);
        foreach ((string name, string value) in reply.Headers)
        {
            response.Headers.TryAddWithoutValidation(name, value);
        }

        return ReplyHeaders.Read(request, response, Encoding.UTF8.GetBytes(reply.Body), Clock.GetTimestamp(), Clock);
    }

    Task<HttpResponseMessage> IHttpSender.OpenAsync(WireRequest request, HttpContent? body, TransportSettings transport, ICallLog log, CancellationToken cancellationToken) =>
        throw new NotSupportedException("Here only the service's own requests are met; token.ToHeader() shows what an API call would carry.");

    private Func<ServiceRequest, ServiceReply> AnswerFor(ServiceRequest request)
    {
        string key = $"{request.Method} {request.Address}";
        if (!script.TryGetValue(key, out Queue<Func<ServiceRequest, ServiceReply>>? answers))
        {
            return _ => new ServiceReply($"nothing was said of {key}", 404, "text/plain", []);
        }

        return answers.Count > 1 ? answers.Dequeue() : answers.Peek();
    }

    private void AssertNoSecretIn(string text) => Assert.All(secrets, secret => Assert.DoesNotContain(secret, text, StringComparison.Ordinal));
}

internal sealed record ServiceReply(string Body, int Status, string ContentType, IReadOnlyList<(string Name, string Value)> Headers);
