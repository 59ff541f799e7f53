using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Core.Tests.Support;
using AuthModule.Requests;
using AuthModule.Secrets;
using AuthModule.Sessions;
using AuthModule.TestKit.Files;
using AuthModule.TestKit.Servers;

namespace AuthModule.Core.Tests.Telemetry;

/// <summary>Meter and activity source are the process's: these tests run alone.</summary>
[CollectionDefinition(nameof(TelemetryTests), DisableParallelization = true)]
[Collection(nameof(TelemetryTests))]
public sealed class TelemetryTests : IDisposable
{
    private readonly List<(string Name, double Value, Dictionary<string, object?> Tags)> measured = [];
    private readonly List<Activity> traced = [];
    private readonly MeterListener meters = new();
    private readonly ActivityListener activities;

    public TelemetryTests()
    {
        meters.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == "AuthModule")
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        meters.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Keep(instrument, value, tags));
        meters.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Keep(instrument, value, tags));
        meters.Start();
        activities = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "AuthModule",
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity =>
            {
                lock (traced)
                {
                    traced.Add(activity);
                }
            },
        };
        ActivitySource.AddActivityListener(activities);
    }

    public void Dispose()
    {
        meters.Dispose();
        activities.Dispose();
    }

    [Fact]
    [Trait("Feature", "N16")]
    public async Task A_token_that_is_got_served_renewed_and_revoked_is_counted_timed_and_traced()
    {
        await using ScriptedServer server = await ServerAsync(200, """{"access_token":"canary-access","refresh_token":"canary-refresh","expires_in":3600}""");
        var host = new EngineHost();
        await host.GetAsync(Request(server));
        await host.CurrentAsync();
        await host.UpdateAsync();

        Assert.Equal(2, Sum("authmodule.requests"));
        Assert.Equal(2, Of("authmodule.request.duration").Count());
        Assert.All(Of("authmodule.request.duration"), one => Assert.True(one.Value > 0));
        Assert.All(Of("authmodule.requests"), one => Assert.Equal((200, "127.0.0.1"), (one.Tags["http.response.status_code"], one.Tags["server.address"])));
        Assert.Equal("session", Assert.Single(Of("authmodule.cache.hits")).Tags["authmodule.cache"]);
        Assert.Equal(["sign-in", "refresh"], Of("authmodule.renewals").Select(one => one.Tags["authmodule.renewal.kind"]));
        Assert.Equal(2, Of("authmodule.renewal.duration").Count());

        Activity[] renewals = [.. traced.Where(activity => activity.OperationName == "authmodule.renewal")];
        Activity[] requests = [.. traced.Where(activity => activity.Kind == ActivityKind.Client)];
        Assert.Equal(2, renewals.Length);
        Assert.Equal(renewals.Select(activity => activity.SpanId), requests.Select(activity => activity.ParentSpanId));
        AssertNoSecret();
    }

    [Fact]
    [Trait("Feature", "N16")]
    public async Task A_failure_is_counted_by_its_id()
    {
        await using ScriptedServer server = await ServerAsync(401, """{"error":"invalid_client","error_description":"no canary-secret"}""");
        await Assert.ThrowsAsync<AuthenticationException>(() => new EngineHost().GetAsync(Request(server)));

        Assert.Equal("InvalidClient", Assert.Single(Of("authmodule.renewals")).Tags["error.type"]);
        Assert.Equal(401, Assert.Single(Of("authmodule.requests")).Tags["http.response.status_code"]);
        Activity renewal = Assert.Single(traced, activity => activity.OperationName == "authmodule.renewal");
        Assert.Equal((ActivityStatusCode.Error, "InvalidClient"), (renewal.Status, renewal.GetTagItem("error.type")));
        AssertNoSecret();
    }

    [Fact]
    [Trait("Feature", "N16")]
    public async Task A_request_without_a_reply_says_why()
    {
        ScriptedServer server = await ServerAsync(200, "{}");
        TokenRequest request = Request(server);
        await server.DisposeAsync();
        await Assert.ThrowsAsync<AuthServiceException>(() => new EngineHost().GetAsync(request));

        Assert.All(Of("authmodule.requests"), one => Assert.Equal("NetworkFailure", one.Tags["error.type"]));
        Assert.NotEmpty(Of("authmodule.requests"));
        Assert.DoesNotContain("http.response.status_code", Of("authmodule.requests").First().Tags.Keys);
    }

    [Fact]
    [Trait("Feature", "N16")]
    public async Task Callers_who_wait_for_another_ones_request_are_cache_hits()
    {
        using var gate = new SemaphoreSlim(0);
        await using ScriptedServer server = await ScriptedServer.StartAsync();
        server.On("POST", "/token", _ =>
        {
            gate.Wait();
            return new ScriptedReply("""{"access_token":"a","expires_in":3600}""");
        });
        var host = new EngineHost();
        Task<AuthToken> first = host.GetAsync(Request(server));
        Task<AuthToken> second = host.Engine.GetTokenAsync(new SessionTable(), host.Engine.Open(new SessionTable(), Request(server)), TokenRequirement.Default, host.Log, TestContext.Current.CancellationToken).AsTask();
        gate.Release(2);
        await Task.WhenAll(first, second);

        Assert.Equal(1, Sum("authmodule.requests"));
        Assert.Equal(1, Sum("authmodule.cache.hits"));
    }

    [Fact]
    [Trait("Feature", "N16")]
    public void The_page_describes_every_instrument_and_no_other()
    {
        var published = new List<string>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, _) =>
            {
                if (instrument.Meter.Name == "AuthModule")
                {
                    published.Add(instrument.Name);
                }
            },
        };
        listener.Start();
        string page = RepositoryFiles.Read("docs/observability.md");
        IEnumerable<string> described = page.Split('\n').Where(line => line.StartsWith("| `authmodule.", StringComparison.Ordinal)).Select(line => line.Split('`')[1]);
        Assert.Equal(published.Distinct().Order(), described.Order());
    }

    private static TokenRequest Request(ScriptedServer server) => new()
    {
        Provider = "oauth2",
        TokenEndpoint = server.Address + "/token",
        ClientId = "nightly",
        Grant = "client_credentials",
        Client = new ClientCredential { Secret = Secret.From("canary-secret") },
    };

    private static async Task<ScriptedServer> ServerAsync(int status, string reply) =>
        (await ScriptedServer.StartAsync()).On("POST", "/token", _ => new ScriptedReply(reply, status));

    private IEnumerable<(string Name, double Value, Dictionary<string, object?> Tags)> Of(string name)
    {
        lock (measured)
        {
            return [.. measured.Where(one => one.Name == name)];
        }
    }

    private double Sum(string name) => Of(name).Sum(one => one.Value);

    private void Keep(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        lock (measured)
        {
            measured.Add((instrument.Name, value, tags.ToArray().ToDictionary(tag => tag.Key, tag => tag.Value)));
        }
    }

    private void AssertNoSecret()
    {
        IEnumerable<string> texts = measured.SelectMany(one => one.Tags.Values.Select(value => value?.ToString() ?? string.Empty))
            .Concat(traced.SelectMany(activity => activity.TagObjects.Select(tag => tag.Value?.ToString() ?? string.Empty).Append(activity.DisplayName).Append(activity.StatusDescription ?? string.Empty)));
        Assert.DoesNotContain("canary", string.Join("\n", texts), StringComparison.Ordinal);
    }
}
