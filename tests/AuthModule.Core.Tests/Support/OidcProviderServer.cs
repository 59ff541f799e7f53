using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Text.Json;
using System.Threading.Tasks;
using AuthModule.Requests;
using AuthModule.Secrets;
using AuthModule.TestKit.Files;

namespace AuthModule.Core.Tests.Support;

/// <summary>
/// The independent authorization server of tests/oidc-provider, one for all its tests, which therefore run one after the
/// other. Where it cannot be started, whatever a test asks of it skips the test with the reason.
/// </summary>
public sealed class OidcProviderServer : IAsyncLifetime
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(10);

    private readonly HttpClient http = new();
    private readonly ConcurrentQueue<string> errors = new();
    private Process? process;
    private JsonElement printed;
    private string? whyNot = "it was not started";

    internal string Issuer => Text("issuer");

    private JsonElement Printed
    {
        get
        {
            Assert.SkipWhen(whyNot is not null, $"oidc-provider (tests/oidc-provider) is not running: {whyNot}.");
            return printed;
        }
    }

    public async ValueTask InitializeAsync()
    {
        string folder = Path.Combine(Clone.Root, "tests", "oidc-provider");
        whyNot = await NodePackages.PrepareAsync(folder);
        if (whyNot is not null)
        {
            return;
        }

        // From here on a failure is a defect and not a reason to skip.
        process = Program.Start("node", ["server.mjs"], folder) ?? throw new InvalidOperationException("node has gone away.");
        process.ErrorDataReceived += (_, line) => errors.Enqueue(line.Data ?? string.Empty);
        process.BeginErrorReadLine();
        string line = await process.StandardOutput.ReadLineAsync().WaitAsync(StartLimit)
            ?? throw new InvalidOperationException("oidc-provider ended at once: " + string.Join(Environment.NewLine, errors));
        printed = JsonDocument.Parse(line).RootElement;
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        if (process is null)
        {
            return;
        }

        // It ends with its standard input, as it does when the tests are killed.
        process.StandardInput.Close();
        try
        {
            await process.WaitForExitAsync().WaitAsync(StopLimit);
        }
        catch (TimeoutException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
        finally
        {
            process.Dispose();
        }
    }

    /// <summary>A request as one of the registered clients, see the README there.</summary>
    internal TokenRequest As(string client, params string[] scopes)
    {
        JsonElement known = Known(client);
        string? secret = known.TryGetProperty("clientSecret", out JsonElement value) ? value.GetString() : null;
        return new TokenRequest
        {
            Authority = Issuer,
            ClientId = known.GetProperty("clientId").GetString(),
            Scopes = scopes,
            Client = new ClientCredential
            {
                Secret = Secret.FromOptional(secret),
                Method = known.GetProperty("authMethod").GetString() == "client_secret_post" ? "Post" : null,
            },
        };
    }

    /// <summary>All that the server printed of a client; null where it has none of that name, because openssl is missing.</summary>
    internal JsonElement? FindClient(string name) => Printed.GetProperty("clients").TryGetProperty(name, out JsonElement client) ? client : null;

    internal JsonElement Known(string client) => FindClient(client) ?? throw new ArgumentException($"There is no client '{client}'.");

    /// <summary>A part of what the server printed, e.g. <c>mtls</c>.</summary>
    internal JsonElement Part(string name) => Printed.GetProperty(name);

    /// <summary>The same for a user who signs in with the password.</summary>
    internal TokenRequest As(string client, GrantInput user, params string[] scopes) => As(client, scopes) with { Input = user };

    internal GrantInput User(string name) => new()
    {
        UserName = name,
        Password = Secret.From(Printed.GetProperty("users").GetProperty(name).GetProperty("password").GetString()!),
    };

    /// <summary>How many requests it has seen: all, or those of a path.</summary>
    internal async Task<int> CountAsync(string? path = null)
    {
        using JsonDocument counts = JsonDocument.Parse(await http.GetStringAsync(Control("requests"), TestContext.Current.CancellationToken));
        return counts.RootElement.EnumerateArray()
            .Where(entry => path is null || entry.GetProperty("path").GetString() == path)
            .Sum(entry => entry.GetProperty("count").GetInt32());
    }

    internal async Task RotateKeysAsync()
    {
        using HttpResponseMessage reply = await http.PostAsync(Control("rotate-keys"), null, TestContext.Current.CancellationToken);
        reply.EnsureSuccessStatusCode();
    }

    /// <summary>What the server itself says of a token (RFC 7662), asked without the code under test.</summary>
    internal async Task<JsonElement> IntrospectAsync(string token)
    {
        JsonElement client = Printed.GetProperty("clients").GetProperty("resourceServer");
        using var request = new HttpRequestMessage(HttpMethod.Post, Issuer + "/token/introspection")
        {
            Content = new FormUrlEncodedContent(new Dictionary<string, string> { ["token"] = token }),
        };
        string pair = $"{client.GetProperty("clientId").GetString()}:{client.GetProperty("clientSecret").GetString()}";
        request.Headers.Authorization = new("Basic", Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(pair)));
        using HttpResponseMessage reply = await http.SendAsync(request, TestContext.Current.CancellationToken);
        reply.EnsureSuccessStatusCode();
        return JsonDocument.Parse(await reply.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement;
    }

    internal async Task<bool> IsActiveAsync(string token) => (await IntrospectAsync(token)).GetProperty("active").GetBoolean();

    private string Control(string what) => $"{Text("controlBaseUrl")}/control/{what}";

    private string Text(string name) => Printed.GetProperty(name).GetString()!;
}

/// <summary>The tests that share the server.</summary>
[CollectionDefinition(Name)]
public sealed class OidcProvider : ICollectionFixture<OidcProviderServer>
{
    public const string Name = "oidc-provider";
}
