using System;
using System.Linq;
using System.Threading.Tasks;
using AuthModule.Requests;
using AuthModule.TestKit.Browsers;
using AuthModule.TestKit.Time;

namespace AuthModule.Core.Tests.Embedded;

/// <summary>CIBA at the embedded server: the person answers on a page of their own.</summary>
public sealed class BackchannelFlowTests
{
    [Fact]
    [Trait("Feature", "R21")]
    public async Task A_person_finds_the_request_compares_and_allows()
    {
        await using EmbeddedFlow flow = await EmbeddedFlow.StartAsync(clock: new HurriedClock());
        using var walk = new PageWalk();
        flow.WhenShown(_ => AnswerAsync(flow, walk, "alice", EmbeddedFlow.Password, "allow"));

        AuthToken token = await flow.Host.GetAsync(Request(flow, "alice"));

        Assert.Equal(("alice", GrantNames.Backchannel), (token.Subject, token.Session.Grant));
        Assert.Equal("Allowed", walk.Heading);
    }

    [Fact]
    [Trait("Feature", "R21")]
    public async Task A_person_who_denies_is_AccessDenied()
    {
        await using EmbeddedFlow flow = await EmbeddedFlow.StartAsync(clock: new HurriedClock());
        using var walk = new PageWalk();
        flow.WhenShown(_ => AnswerAsync(flow, walk, "alice", EmbeddedFlow.Password, "deny"));
        AuthException error = await Assert.ThrowsAnyAsync<AuthException>(() => flow.Host.GetAsync(Request(flow, "alice")));
        Assert.Equal(AuthErrorId.AccessDenied, error.Code);
    }

    [Fact]
    [Trait("Feature", "R21")]
    public async Task Nobody_else_sees_or_answers_it_and_it_runs_out()
    {
        await using EmbeddedFlow flow = await EmbeddedFlow.StartAsync(options => options with { PendingLifetime = TimeSpan.FromSeconds(20) }, new HurriedClock());
        using var walk = new PageWalk();
        flow.WhenShown(async _ =>
        {
            await walk.OpenAsync(new Uri(flow.Issuer + "/approvals"));
            await walk.SignInAsync("bob", "builder");
        });

        AuthException error = await Assert.ThrowsAnyAsync<AuthException>(() => flow.Host.GetAsync(Request(flow, "alice")));

        Assert.Equal(AuthErrorId.AuthorizationExpired, error.Code);
        Assert.Equal("approvals", walk.Page);
        Assert.DoesNotContain("W4SCT", walk.Text);
    }

    [Fact]
    [Trait("Feature", "R21")]
    public async Task A_person_whom_the_server_does_not_know_is_refused_in_its_words()
    {
        await using EmbeddedFlow flow = await EmbeddedFlow.StartAsync();
        AuthException error = await Assert.ThrowsAnyAsync<AuthException>(() => flow.Host.GetAsync(Request(flow, "nobody")));
        Assert.Equal("unknown_user_id", error.OAuthError);
    }

    private static TokenRequest Request(EmbeddedFlow flow, string person) =>
        flow.As("portal", "openid", "orders.read") with { Input = new GrantInput { LoginHint = person, BindingMessage = "W4SCT" } };

    private static async Task AnswerAsync(EmbeddedFlow flow, PageWalk walk, string name, string password, string answer)
    {
        await walk.OpenAsync(new Uri(flow.Issuer + "/approvals"));
        await walk.SignInAsync(name, password);
        Assert.Equal("approvals", walk.Page);
        await walk.SubmitAsync();
        Assert.Equal("consent", walk.Page);
        Assert.Contains("W4SCT", walk.Text);
        await walk.AnswerAsync(answer);
    }
}
