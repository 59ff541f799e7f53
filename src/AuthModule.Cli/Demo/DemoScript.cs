using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Requests;
using AuthModule.Sessions;

namespace AuthModule.Cli.Demo;

/// <summary>The main job: a program and a person get tokens, use them, renew them, test them, and revoke them.</summary>
internal static class DemoScript
{
    public static async Task RunAsync(DemoRun run, CancellationToken cancellationToken)
    {
        await ProgramAsync(run, cancellationToken);
        await PersonAsync(run, cancellationToken);
        await DemoTests.RunAsync(run, cancellationToken);
        await WrongSecretAsync(run, cancellationToken);
        await RevokeAsync(run, cancellationToken);
    }

    private static async Task ProgramAsync(DemoRun run, CancellationToken cancellationToken)
    {
        TokenRequest request = run.RequestOf("nightly", "orders.read");
        AuthToken? token = null;
        await run.StepAsync(
            "A program gets a token",
            "Get-AuthToken -Authority $url -ClientId nightly -ClientSecret $secret -Scope orders.read",
            async () => token = await run.GetAsync(request, cancellationToken));
        run.Expect(token is { TokenType: "Bearer", State: SessionState.Fresh, Scopes: ["orders.read"] }, $"{token!.TokenType} token for {string.Join(' ', token.Scopes)}, {token.ExpiresIn:hh\\:mm\\:ss} left");

        var api = new DemoApi(run);
        await run.StepAsync(
            "It calls an API with it",
            "Invoke-RestMethod $url/api/orders -Headers (Get-AuthToken -AsHeader)",
            async () => await api.CallAsync(token, cancellationToken));
        run.Expect(api is { Status: 200, Items.Count: 2 }, $"the API answers with {string.Join(" and ", api.Items)}");

        AuthToken? second = null;
        int sent = await run.StepAsync(
            "It asks again",
            "Get-AuthToken",
            async () => second = await run.GetAsync(new TokenRequest(), cancellationToken));
        run.Expect(sent == 0 && ReferenceEquals(second, token), "the same token, from the session: nothing was sent");
    }

    private static async Task PersonAsync(DemoRun run, CancellationToken cancellationToken)
    {
        TokenRequest request = run.RequestOf("desktop", "openid", "orders.read") with
        {
            Input = new GrantInput { UserName = "alice", Password = run.User("alice").Password },
        };
        AuthToken? token = null;
        await run.StepAsync(
            "A person signs in",
            "Get-AuthToken -Authority $url -ClientId desktop -Credential alice -Scope openid, orders.read",
            async () => token = await run.GetAsync(request, cancellationToken));
        run.Expect(token is { Subject: "alice", HasRefreshToken: true, IdToken: not null }, $"token for {token!.Subject}, with a refresh token and an ID token");

        AuthToken? renewed = null;
        int sent = await run.StepAsync(
            "The token is renewed",
            "Update-AuthToken",
            async () => renewed = await run.Engine.GetTokenAsync(run.Table, AuthEngine.RequireCurrent(run.Table), TokenRequirement.Now, run.Log, cancellationToken));
        run.Expect(
            sent == 1 && renewed!.Subject == "alice" && !renewed.Tokens.AccessToken.Matches(token.Tokens.AccessToken),
            "a new access token by the refresh token, without the password");
        run.Expect(
            renewed!.Tokens.RefreshToken is { } next && !next.Matches(token.Tokens.RefreshToken),
            "and a new refresh token, which takes the place of the old one");
    }

    private static async Task WrongSecretAsync(DemoRun run, CancellationToken cancellationToken)
    {
        TokenRequest request = run.RequestOf("nightly", "orders.read") with
        {
            Client = new ClientCredential { Secret = AuthModule.Secrets.Secret.From("not-the-secret") },
        };
        AuthException? failure = null;
        await run.StepAsync(
            "A wrong secret",
            "Get-AuthToken -Authority $url -ClientId nightly -ClientSecret $wrong -Scope orders.read",
            async () =>
            {
                try
                {
                    await run.GetAsync(request, cancellationToken);
                }
                catch (AuthenticationException refused)
                {
                    failure = refused;
                }
            });
        run.Expect(failure is { Code: AuthErrorId.InvalidClient, StatusCode: 401 }, $"refused: [{failure?.Code}]");
        run.Say(failure?.Message ?? string.Empty);
        run.Say(failure?.RecommendedAction ?? string.Empty);
    }

    private static async Task RevokeAsync(DemoRun run, CancellationToken cancellationToken)
    {
        AuthSession session = AuthEngine.RequireCurrent(run.Table);
        AuthToken token = session.Token!;
        RevocationResult? result = null;
        await run.StepAsync(
            "The tokens are revoked",
            "Revoke-AuthToken",
            async () => result = await run.Engine.RevokeAsync(run.Table, session, localOnly: false, run.Log, cancellationToken));
        run.Expect(
            result is { AccessToken: RevocationOutcome.Confirmed, RefreshToken: RevocationOutcome.Confirmed, LocalCleared: true } && session.Token is null,
            "the server confirmed both, and nothing is kept here");

        var api = new DemoApi(run);
        await run.StepAsync(
            "And are worth nothing any more",
            "Invoke-RestMethod $url/introspect ...; Invoke-RestMethod $url/api/orders -Headers $old",
            async () =>
            {
                await api.IntrospectAsync(token, cancellationToken);
                await api.CallAsync(token, cancellationToken);
            });
        run.Expect(api.IsActive == false, "introspection says: not active");
        run.Expect(api.Status == 401, $"the API answers {api.Status}");
    }
}
