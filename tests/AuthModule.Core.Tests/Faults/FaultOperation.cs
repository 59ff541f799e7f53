using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using AuthModule.Accounts.ApiKeys;
using AuthModule.Accounts.SecondFactors;
using AuthModule.AssertionSources;
using AuthModule.Requests;
using AuthModule.Rest;
using AuthModule.Secrets;
using AuthModule.TestKit.Jwts;
using AuthModule.TokenTesting;
using AuthModule.Validation;

namespace AuthModule.Core.Tests.Faults;

/// <summary>One thing that the engine does over the network. Prepared while the service is well; the act says by a text which error it came to, null is a right result.</summary>
internal sealed record FaultOperation(string Name, Func<FaultBench, Task> Prepare, Func<FaultBench, Task<string?>> Act)
{
    public static IReadOnlyList<FaultOperation> All { get; } =
    [
        new("discover", Nothing, Discover),
        new("keys", Discover, TestToken),
        Grant("client", bench => bench.Confidential),
        Grant("user", bench => bench.Request with { Grant = "password", Input = new GrantInput { UserName = "ann", Password = Secret.From(HealthyService.Canary + "-password") } }),
        new("code", Discover, RedeemCode),
        new("push", Discover, Push),
        Grant("device", bench => bench.Request with { Grant = "urn:ietf:params:oauth:grant-type:device_code" }),
        Grant("assertion", bench => bench.Request with { Input = new GrantInput { Assertion = Secret.From(HealthyService.Canary + "-assertion") } }),
        Grant("platform", Workload),
        Grant("backchannel", Backchannel),
        Grant("identity", bench => bench.Request with { Provider = "azure-managed-identity-vm", ClientId = null, Resources = ["https://vault.example/"] }),
        Grant("exchange", bench => bench.Request with { Input = new GrantInput { SubjectToken = Secret.From(HealthyService.Canary + "-subject") } }),
        new("renew", bench => Get(bench, bench.Request with { Input = new GrantInput { RefreshToken = Secret.From(HealthyService.Canary + "-refresh") } }), Renew),
        new("again", bench => Get(bench, bench.Confidential with { Provider = "oauth2", TokenEndpoint = bench.Server.Origin + "/again" }), Renew),
        new("revoke", bench => Get(bench, bench.Confidential), bench => Revoke(bench, bench.Confidential)),
        new("revoketoken", Discover, RevokeForeign),
        new("introspect", Discover, Introspect),
        Grant("login", bench => bench.JsonService),
        new("relogin", bench => Get(bench, bench.JsonService), Renew),
        new("logout", bench => Get(bench, bench.JsonService), bench => Revoke(bench, bench.JsonService)),
        new("enrol", bench => Get(bench, bench.JsonService), Enrol),
        new("confirm", bench => Get(bench, bench.JsonService), Confirm),
        new("mfastatus", bench => Get(bench, bench.JsonService), Status),
        new("newkey", bench => Get(bench, bench.JsonService), CreateKey),
        new("listkeys", bench => Get(bench, bench.JsonService), ListKeys),
        new("updatekey", bench => Get(bench, bench.JsonService), UpdateKey),
        new("removekey", bench => Get(bench, bench.JsonService), RemoveKey),
        new("rest", bench => Get(bench, bench.JsonService), CallApi),
    ];

    public override string ToString() => Name;

    private static FaultOperation Grant(string name, Func<FaultBench, TokenRequest> request) =>
        new(name, bench => request(bench).Provider is null ? Discover(bench) : Task.CompletedTask, bench => Get(bench, request(bench)));

    private static Task Nothing(FaultBench bench) => Task.CompletedTask;

    private static async Task<string?> Discover(FaultBench bench)
    {
        AuthModule.Discovery.ServerMetadata? found = await bench.Host.Engine.Endpoints.MetadataAsync(bench.Resolve(), bench.Host.Log, TestContext.Current.CancellationToken);
        return found!.Issuer == bench.Server.Origin ? null : "another issuer";
    }

    private static async Task<string?> TestToken(FaultBench bench)
    {
        long now = bench.Clock.GetUtcNow().ToUnixTimeSeconds();
        string token = Forge.Token(
            new Dictionary<string, object?> { ["alg"] = "ES256", ["kid"] = HealthyService.KeyId, ["typ"] = "at+jwt" },
            new Dictionary<string, object?> { ["iss"] = bench.Server.Origin, ["aud"] = "orders", ["sub"] = "ann", ["client_id"] = "c1", ["iat"] = now, ["exp"] = now + 3600, ["jti"] = "j1" },
            TestIssuer.Shared.Ec256);
        var request = new TokenTestRequest { Service = bench.Confidential, Rules = new ValidationRules { Audiences = ["orders"] } };
        return (await bench.Host.Engine.Tester.TestAsync(bench.Host.Table, request, token, bench.Host.Log, TestContext.Current.CancellationToken)).Failure;
    }

    private static async Task<string?> Get(FaultBench bench, TokenRequest request)
    {
        AuthToken token = await bench.Host.GetAsync(request);
        return token.ToPlainText().StartsWith("at-" + HealthyService.Canary, StringComparison.Ordinal) ? null : "another token";
    }

    private static async Task<string?> RedeemCode(FaultBench bench)
    {
        TokenRequest request = bench.Request with { Grant = "authorization_code", Input = new GrantInput { RedirectUri = "http://127.0.0.1/callback" } };
        AuthorizationRequest authorization = await bench.Host.Engine.CreateAuthorizationRequestAsync(request, bench.Host.Log, TestContext.Current.CancellationToken);
        return await Get(bench, request with
        {
            Input = new GrantInput
            {
                AuthorizationRequest = authorization,
                CallbackUri = Secret.From($"http://127.0.0.1/callback?code={HealthyService.Canary}-code&state={authorization.State}"),
            },
        });
    }

    private static async Task<string?> Renew(FaultBench bench)
    {
        string before = bench.Session.Token!.ToPlainText();
        AuthToken token = await bench.Host.UpdateAsync();
        return token.ToPlainText() != before ? null : "the old token";
    }

    private static async Task<string?> Revoke(FaultBench bench, TokenRequest signIn)
    {
        AuthSession session = bench.Host.Table.Current ?? (await bench.Host.GetAsync(signIn)).Session;
        RevocationResult result = await bench.Host.Engine.RevokeAsync(bench.Host.Table, session, localOnly: false, bench.Host.Log, TestContext.Current.CancellationToken);
        return !result.LocalCleared || session.Token is not null ? "not cleared"
            : result.Failure is { } failure ? failure.Code
            : result.AccessToken == RevocationOutcome.Confirmed ? null : "not confirmed";
    }

    private static async Task<string?> Introspect(FaultBench bench)
    {
        var request = new TokenTestRequest { Service = bench.Confidential, Introspect = true };
        return (await bench.Host.Engine.Tester.TestAsync(bench.Host.Table, request, "opaque-token-1", bench.Host.Log, TestContext.Current.CancellationToken)).Failure;
    }

    private static async Task<string?> Enrol(FaultBench bench)
    {
        MfaEnrollment enrollment = await bench.Host.Engine.Mfa.RegisterAsync(bench.Session, new MfaRegistration(MfaMethod.Totp), bench.Host.Log, TestContext.Current.CancellationToken);
        return enrollment.Secret is not null ? null : "no secret";
    }

    private static async Task<string?> Confirm(FaultBench bench) =>
        await bench.Host.Engine.Mfa.ConfirmAsync(bench.Session, MfaMethod.Totp, Secret.From("123456"), bench.Host.Log, TestContext.Current.CancellationToken) ? null : AuthErrorId.InvalidOtp;

    private static async Task<string?> CreateKey(FaultBench bench)
    {
        ApiKey key = await bench.Host.Engine.ApiKeys.CreateAsync(bench.Session, new NewApiKey("nightly"), bench.Host.Log, TestContext.Current.CancellationToken);
        return key.Id == "key1" ? null : "another key";
    }

    private static async Task<string?> ListKeys(FaultBench bench) =>
        (await bench.Host.Engine.ApiKeys.ListAsync(bench.Session, bench.Host.Log, TestContext.Current.CancellationToken)).Count == 1 ? null : "other keys";

    private static async Task<string?> UpdateKey(FaultBench bench)
    {
        ApiKey key = await bench.Host.Engine.ApiKeys.RegenerateAsync(bench.Session, Secret.From("key1"), bench.Host.Log, TestContext.Current.CancellationToken);
        return key.Id == "key1" ? null : "another key";
    }

    private static async Task<string?> RemoveKey(FaultBench bench)
    {
        await bench.Host.Engine.ApiKeys.RemoveAsync(bench.Session, Secret.From("key1"), bench.Host.Log, TestContext.Current.CancellationToken);
        return null;
    }

    private static async Task<string?> Status(FaultBench bench) =>
        (await bench.Host.Engine.Mfa.StatusAsync(bench.Session, bench.Host.Log, TestContext.Current.CancellationToken)).IsEnabled == true ? null : "another status";

    private static async Task<string?> Push(FaultBench bench)
    {
        TokenRequest request = bench.Request with
        {
            Grant = "authorization_code",
            Input = new GrantInput { RedirectUri = "http://127.0.0.1/callback" },
            Parameters = new Dictionary<string, string> { ["pushedAuthorization"] = "true" },
        };
        AuthorizationRequest authorization = await bench.Host.Engine.CreateAuthorizationRequestAsync(request, bench.Host.Log, TestContext.Current.CancellationToken);
        return authorization.Url.Query.Contains("request_uri=urn%3A" + HealthyService.Canary, StringComparison.Ordinal) ? null : "a request that was not pushed";
    }

    private static TokenRequest Workload(FaultBench bench)
    {
        bench.Host.Variables["ACTIONS_ID_TOKEN_REQUEST_URL"] = bench.Server.Origin + "/platform";
        bench.Host.Variables["ACTIONS_ID_TOKEN_REQUEST_TOKEN"] = HealthyService.Canary + "-job";
        return bench.Request with { Client = new ClientCredential { AssertionSource = AssertionSourceReader.Read("github") } };
    }

    // Without discovery, so that the ID token need not be signed: who confirmed is not what is looked at here.
    private static TokenRequest Backchannel(FaultBench bench) => bench.Confidential with
    {
        Provider = "oauth2",
        TokenEndpoint = bench.Server.Origin + "/confirmed",
        Parameters = new Dictionary<string, string> { ["backchannelAuthenticationEndpoint"] = bench.Server.Origin + "/backchannel" },
        Input = new GrantInput { LoginHint = "ann" },
    };

    private static async Task<string?> RevokeForeign(FaultBench bench)
    {
        RevocationResult result = await bench.Host.Engine.RevokeTokenAsync(
            bench.Host.Table, bench.Confidential, Secret.From(HealthyService.Canary + "-token"), bench.Host.Log, TestContext.Current.CancellationToken);
        return result.Failure is { } failure ? failure.Code : result.AccessToken == RevocationOutcome.Confirmed ? null : "not confirmed";
    }

    // What an API answers is the caller's: it is read to its end, not judged.
    private static async Task<string?> CallApi(FaultBench bench)
    {
        var request = new RestRequest(new Uri(bench.Server.Origin + "/orders")) { ReplyLimit = 4 * 1024 * 1024 };
        using RestReply reply = await bench.Host.Engine.Rest.SendAsync(bench.Session, request, bench.Transport, bench.Host.Log, TestContext.Current.CancellationToken);
        await reply.ReadAsync(TestContext.Current.CancellationToken);
        return null;
    }
}
