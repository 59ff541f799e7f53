using System;
using System.Linq;
using System.Net.Http;
using System.Text.Json;
using System.Threading.Tasks;
using AuthModule.TestServer.Hosting;
using Xunit;

namespace AuthModule.Cli.Tests.Server;

public sealed class RequestLogTests
{
    [Fact]
    [Trait("Feature", "N10")]
    public async Task A_request_is_noted_with_its_names_and_without_its_secrets()
    {
        await using ServerFixture fixture = await ServerFixture.StartAsync();
        await fixture.PostBasicAsync(
            "/token?secret_in_query=canary-1",
            "portal",
            "portal-secret",
            ("grant_type", "password"),
            ("username", "al ice"),
            ("password", "canary-2"),
            ("unheard_of", "canary-3"));
        await fixture.SendJsonAsync(HttpMethod.Post, "/nowhere", "{\"username\":\"bob\",\"password\":\"canary-4\"}", "canary-5", ("X-Request-ID", "r-17"), ("X-API-Key", "canary-6"));

        ServedRequest form = fixture.Server.Requests[0];
        Assert.Equal(("POST", "/token", 400, "Basic"), (form.Method, form.Path, form.Status, form.AuthorizationScheme));
        Assert.Equal("grant_type=password&username=al+ice&password=***&unheard_of=***", form.Form);
        Assert.Equal(["grant_type", "username", "password", "unheard_of"], form.Fields.Select(static field => field.Name));
        Assert.Equal("secret_in_query", Assert.Single(form.Query).Name);

        ServedRequest json = fixture.Server.Requests[1];
        Assert.Equal(404, json.Status);
        Assert.Equal("r-17", json.Headers["x-request-id"]);
        Assert.Equal([new ServedField("username", "bob"), new ServedField("password", "***")], json.Fields);
        string everything = JsonSerializer.Serialize(fixture.Server.Requests);
        Assert.DoesNotContain("canary", everything, StringComparison.Ordinal);
        Assert.DoesNotContain(ServerFixture.Basic("portal", "portal-secret"), everything, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Requests_are_counted_by_path_and_can_be_cleared()
    {
        await using ServerFixture fixture = await ServerFixture.StartAsync();
        await fixture.GetAsync("/jwks");
        await fixture.GetAsync("/jwks");
        Assert.Equal(2, fixture.Server.CountOf("/jwks"));
        Assert.Equal(0, fixture.Server.CountOf("/token"));
        fixture.Server.ClearRequests();
        Assert.Equal(0, fixture.Server.CountOf("/jwks"));
        Assert.Empty(fixture.Server.Requests);
    }

    [Fact]
    public async Task Only_the_last_ten_thousand_are_kept()
    {
        await using ServerFixture fixture = await ServerFixture.StartAsync();
        ServedRequest last = await FirstRequestAsync(fixture);
        for (int i = 0; i < 10_050; i++)
        {
            fixture.Server.State.Log.Add(last);
        }

        Assert.Equal(10_000, fixture.Server.Requests.Count);
        Assert.Equal(10_051, fixture.Server.CountOf("/jwks"));
    }

    [Fact]
    public async Task An_intercepted_request_is_noted_and_goes_no_further()
    {
        await using ServerFixture fixture = await ServerFixture.StartAsync();
        fixture.Server.Intercept = context =>
        {
            context.Response.StatusCode = 503;
            return Task.FromResult(context.Request.Path == "/jwks");
        };
        Assert.Equal(503, (int)(await fixture.GetAsync("/jwks")).StatusCode);
        Assert.Equal(503, fixture.Server.Requests[0].Status);

        fixture.Server.Intercept = static context =>
        {
            context.Abort();
            return Task.FromResult(true);
        };
        await Assert.ThrowsAsync<HttpRequestException>(() => fixture.GetAsync("/jwks"));
        Assert.Equal(2, fixture.Server.Requests.Count);
    }

    private static async Task<ServedRequest> FirstRequestAsync(ServerFixture fixture)
    {
        await fixture.GetAsync("/jwks");
        return fixture.Server.Requests[0];
    }
}
