using System;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using AuthModule.Core.Tests.Support;
using AuthModule.Jose.Tokens;
using AuthModule.TestKit.Time;
using AuthModule.Text;
using AuthModule.TokenTesting;
using AuthModule.Validation;
using Base64Url = System.Buffers.Text.Base64Url;

namespace AuthModule.Core.Tests.Integration;

[Collection(OidcProvider.Name)]
public sealed class OidcProviderTokenTests(OidcProviderServer server)
{
    private const string Resource = "urn:test:rs256";

    private readonly ManualTimeProvider clock = new(DateTimeOffset.UtcNow);

    private EngineHost Host => field ??= new EngineHost(clock);

    [Theory]
    [Trait("Feature", "R14")]
    [Trait("Feature", "R15")]
    [InlineData("RS256")]
    [InlineData("PS256")]
    [InlineData("ES256")]
    public async Task A_JWT_access_token_is_valid_by_the_published_keys(string algorithm)
    {
        string resource = "urn:test:" + algorithm.ToLowerInvariant();
        string token = await TokenAsync(resource);
        TokenTestResult result = await TestAsync(token, new ValidationRules { Audiences = [resource], RequiredScopes = ["api:read"], ClientIds = ["cc-basic"] });

        Assert.True(result.IsValid, string.Join("; ", result.Checks));
        Assert.Equal(["api:read"], result.Scopes);
        Assert.Contains("\"typ\":\"at+jwt\"", HeaderOf(token));
        Assert.StartsWith(algorithm, result.Checks.Single(check => check.Name == "Algorithm").Reason);
    }

    [Fact]
    [Trait("Feature", "C7")]
    [Trait("Feature", "R28")]
    public async Task An_EdDSA_token_is_verified_and_a_changed_one_refused()
    {
        string token = await TokenAsync("urn:test:eddsa");
        TokenTestResult result = await TestAsync(token, new ValidationRules());
        Assert.Null(result.Failure);

        TokenTestResult tampered = await TestAsync(Tampered(token), new ValidationRules());
        Assert.Equal(AuthErrorId.SignatureInvalid, tampered.Failure);
    }

    [Fact]
    [Trait("Feature", "C6")]
    public async Task After_a_rotation_the_next_token_is_valid_with_one_more_request_for_keys()
    {
        string old = await TokenAsync(Resource);
        Assert.True((await TestAsync(old, new ValidationRules())).IsValid);
        int before = await server.CountAsync("/jwks");

        await server.RotateKeysAsync();
        string fresh = (await Host.UpdateAsync()).ToPlainText();
        TokenTestResult[] results = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => TestAsync(fresh, new ValidationRules())));

        Assert.All(results, result => Assert.True(result.IsValid, string.Join("; ", result.Checks)));
        Assert.Equal(before + 1, await server.CountAsync("/jwks"));

        // Its key is no longer published. Unknown keys do not make the server be asked at every token.
        Assert.Equal(AuthErrorId.KeyNotFound, (await TestAsync(old, new ValidationRules())).Failure);
        Assert.Equal(before + 1, await server.CountAsync("/jwks"));
    }

    [Fact]
    [Trait("Feature", "C8")]
    [Trait("Feature", "N6")]
    public async Task What_is_wrong_with_a_token_has_its_own_id()
    {
        string token = await TokenAsync(Resource);

        async Task<(string? Failure, int Status)> Result(ValidationRules rules, string? other = null)
        {
            TokenTestResult result = await TestAsync(other ?? token, rules);
            return (result.Failure, result.StatusCode);
        }

        Assert.Equal((null, 200), await Result(new ValidationRules { Audiences = [Resource] }));
        Assert.Equal((AuthErrorId.AudienceMismatch, 401), await Result(new ValidationRules { Audiences = ["urn:test:es256"] }));
        Assert.Equal((AuthErrorId.IssuerMismatch, 401), await Result(new ValidationRules { Issuers = [server.Issuer + "/"] }));
        Assert.Equal((AuthErrorId.ClientMismatch, 401), await Result(new ValidationRules { ClientIds = ["cc-post"] }));
        Assert.Equal((AuthErrorId.InsufficientScope, 403), await Result(new ValidationRules { RequiredScopes = ["api:write"] }));
        Assert.Equal((AuthErrorId.TokenUseMismatch, 401), await Result(new ValidationRules { Use = TokenUse.Id, ClientIds = ["cc-basic"], Audiences = [Resource] }));
        Assert.Equal((AuthErrorId.SignatureInvalid, 401), await Result(new ValidationRules(), Tampered(token)));
    }

    [Fact]
    [Trait("Feature", "C8")]
    [Trait("Feature", "N4")]
    public async Task An_hour_later_the_token_is_expired_and_the_next_get_brings_a_new_one()
    {
        string first = await TokenAsync(Resource);
        clock.Advance(TimeSpan.FromMinutes(62));

        Assert.Equal(AuthErrorId.TokenExpired, (await TestAsync(first, new ValidationRules())).Failure);
        Assert.Equal(SessionState.Expired, Host.Table.Current!.State);
        int before = await server.CountAsync("/token");
        AuthToken second = await Host.CurrentAsync();
        Assert.NotEqual(first, second.ToPlainText());
        Assert.Equal(before + 1, await server.CountAsync("/token"));
    }

    [Fact]
    [Trait("Feature", "C8")]
    public async Task A_valid_token_of_another_issuer_is_refused()
    {
        string token = await TokenAsync(Resource);
        TokenTestRequest elsewhere = new() { Service = new() { Authority = "https://id.example.com" }, Jwks = server.Issuer + "/jwks" };
        ValidationRules rules = Host.Engine.Tester.Prepare(Host.Table, elsewhere with { Rules = new ValidationRules { Issuers = ["https://id.example.com"] } });

        TokenTestResult result = await Host.Engine.Tester.TestAsync(token, rules, Host.Log, TestContext.Current.CancellationToken);

        Assert.Equal(AuthErrorId.IssuerMismatch, result.Failure);
        Assert.True(result.Checks.Single(check => check.Name == "Signature").Passed);
    }

    [Fact]
    [Trait("Feature", "R16")]
    public async Task An_opaque_token_cannot_be_tested_by_keys()
    {
        Assert.Equal(AuthErrorId.TokenMalformed, (await TestAsync(await TokenAsync("urn:test:opaque"), new ValidationRules())).Failure);
    }

    private async Task<string> TokenAsync(string resource) =>
        (await Host.GetAsync(server.As("ccBasic", "api:read") with { Resources = [resource] })).ToPlainText();

    private async Task<TokenTestResult> TestAsync(string token, ValidationRules rules) => await Host.Engine.Tester.TestAsync(
        token,
        Host.Engine.Tester.Prepare(Host.Table, new TokenTestRequest { Rules = rules }),
        Host.Log,
        TestContext.Current.CancellationToken);

    private static string HeaderOf(string token) => Encoding.UTF8.GetString(Base64Url.DecodeFromChars(token.Split('.')[0]));

    // The same token for another scope, with the signature of the first.
    private static string Tampered(string token)
    {
        string[] parts = token.Split('.');
        string claims = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(parts[1]));
        Assert.Contains("api:read", claims);
        parts[1] = Base64Url.EncodeToString(Encoding.UTF8.GetBytes(claims.Replace("api:read", "api:write", StringComparison.Ordinal)));
        return string.Join('.', parts);
    }
}
