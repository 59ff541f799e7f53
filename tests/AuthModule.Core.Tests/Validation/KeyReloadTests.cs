using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Discovery;
using AuthModule.Http;
using AuthModule.Jose.Keys;
using AuthModule.TestKit.Jwts;
using AuthModule.TestKit.Time;
using AuthModule.Validation;
using Xunit;

namespace AuthModule.Core.Tests.Validation;

[Trait("Feature", "C6")]
public sealed class KeyReloadTests : IAsyncLifetime
{
    private static readonly TransportSettings Transport = new() { MaximumRetryCount = 0 };

    private readonly ManualTimeProvider clock = new();
    private readonly TokenValidator validator = new();
    private KeyServer server = null!;
    private ValidationRules rules = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        server = await KeyServer.StartAsync();
        server.Keys = SigningKey.Set(TestIssuer.Shared.Rsa.Jwk("r1"));
        var sender = new HttpSender(TimeProvider.System);
        rules = new ValidationRules
        {
            Clock = clock,
            Keys = JwksKeySource.Discovered(new MetadataSource(sender, clock), new MetadataQuery { Authority = server.Authority, Service = server.Authority }, sender, Transport, clock),
        };
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Fact]
    public async Task Keys_are_asked_for_once_however_many_tokens_come()
    {
        TokenTestResult[] results = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => validator.ValidateAsync(Token("r1"), rules, Stop)));

        Assert.All(results, result => Assert.True(result.IsValid, string.Join("; ", result.Checks)));
        Assert.Equal(1, server.Requests);
    }

    [Fact]
    [Trait("Feature", "C8")]
    public async Task The_issuer_is_the_one_that_the_metadata_names()
    {
        string foreign = TestIssuer.Shared.Token(clock, (_, claims) => claims["iss"] = server.Authority + "/");
        TokenTestResult result = await validator.ValidateAsync(foreign, rules, Stop);
        Assert.Equal(AuthErrorId.IssuerMismatch, result.Failure);
    }

    [Fact]
    public async Task After_a_rotation_the_next_token_is_valid_with_one_more_request()
    {
        Assert.True((await validator.ValidateAsync(Token("r1"), rules, Stop)).IsValid);
        server.Keys = SigningKey.Set(TestIssuer.Shared.Stranger.Jwk("r2"));

        Assert.True((await validator.ValidateAsync(Token("r2", TestIssuer.Shared.Stranger), rules, Stop)).IsValid);
        Assert.Equal(2, server.Requests);
    }

    [Fact]
    public async Task An_issuer_without_key_ids_can_rotate_too()
    {
        server.Keys = SigningKey.Set(TestIssuer.Shared.Rsa.Jwk(null));
        Assert.True((await validator.ValidateAsync(Token(null), rules, Stop)).IsValid);
        server.Keys = SigningKey.Set(TestIssuer.Shared.Stranger.Jwk(null));

        Assert.True((await validator.ValidateAsync(Token(null, TestIssuer.Shared.Stranger), rules, Stop)).IsValid);
        Assert.Equal(2, server.Requests);
    }

    [Fact]
    public async Task A_key_that_was_removed_no_longer_verifies_a_token_that_was_seen_before()
    {
        string token = Token("r1");
        Assert.True((await validator.ValidateAsync(token, rules, Stop)).IsValid);
        server.Keys = SigningKey.Set(TestIssuer.Shared.Stranger.Jwk("r2"));
        clock.Advance(TimeSpan.FromHours(1));

        Assert.Equal(AuthErrorId.KeyNotFound, (await validator.ValidateAsync(token, rules with { ClockSkew = TimeSpan.FromHours(2) }, Stop)).Failure);
    }

    [Fact]
    public async Task A_key_that_was_replaced_under_its_id_no_longer_verifies_a_token_that_was_seen_before()
    {
        string token = Token("r1");
        Assert.True((await validator.ValidateAsync(token, rules, Stop)).IsValid);
        server.Keys = SigningKey.Set(TestIssuer.Shared.Stranger.Jwk("r1"));
        clock.Advance(TimeSpan.FromHours(1));

        Assert.Equal(AuthErrorId.SignatureInvalid, (await validator.ValidateAsync(token, rules with { ClockSkew = TimeSpan.FromHours(2) }, Stop)).Failure);
    }

    [Fact]
    public async Task A_flood_of_unknown_key_ids_is_one_request_per_pause()
    {
        await validator.ValidateAsync(Token("r1"), rules, Stop);
        TokenTestResult[] flood = await Task.WhenAll(Enumerable.Range(0, 200).Select(i => validator.ValidateAsync(Token($"unknown{i}"), rules, Stop)));
        Assert.All(flood, result => Assert.Equal(AuthErrorId.KeyNotFound, result.Failure));
        Assert.Equal(2, server.Requests);

        clock.Advance(TimeSpan.FromSeconds(29));
        await validator.ValidateAsync(Token("unknown"), rules, Stop);
        Assert.Equal(2, server.Requests);

        clock.Advance(TimeSpan.FromSeconds(1));
        await validator.ValidateAsync(Token("unknown"), rules, Stop);
        Assert.Equal(3, server.Requests);
    }

    [Fact]
    public async Task Two_rotations_within_the_pause_are_one_request_each()
    {
        await validator.ValidateAsync(Token("r1"), rules, Stop);
        server.Keys = SigningKey.Set(TestIssuer.Shared.Stranger.Jwk("r2"));
        Assert.True((await validator.ValidateAsync(Token("r2", TestIssuer.Shared.Stranger), rules, Stop)).IsValid);
        clock.Advance(TimeSpan.FromSeconds(5));
        server.Keys = SigningKey.Set(TestIssuer.Shared.Rsa.Jwk("r3"));
        Assert.True((await validator.ValidateAsync(Token("r3"), rules, Stop)).IsValid);
        Assert.Equal(3, server.Requests);

        // What brings nothing new is held up as ever, and so is an issuer that never stops.
        await validator.ValidateAsync(Token("unknown"), rules, Stop);
        await validator.ValidateAsync(Token("unknown2"), rules, Stop);
        Assert.Equal(4, server.Requests);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_new_key_under_an_old_id_is_one_request(bool isOfAnotherKind)
    {
        await validator.ValidateAsync(Token("r1"), rules, Stop);
        server.Keys = SigningKey.Set(isOfAnotherKind ? TestIssuer.Shared.Ec256.Jwk("r1") : TestIssuer.Shared.Stranger.Jwk("r1"));
        string token = isOfAnotherKind ? Token("r1", TestIssuer.Shared.Ec256, "ES256") : Token("r1", TestIssuer.Shared.Stranger);

        Assert.True((await validator.ValidateAsync(token, rules, Stop)).IsValid);
        Assert.Equal(2, server.Requests);
        for (int i = 0; i < 20; i++)
        {
            Assert.False((await validator.ValidateAsync(Token("r1", SigningKey.NewEc(), "ES256"), rules, Stop)).IsValid);
        }

        Assert.Equal(3, server.Requests);
    }

    [Fact]
    public async Task Callers_who_come_during_a_reload_wait_for_it_and_share_it()
    {
        await validator.ValidateAsync(Token("r1"), rules, Stop);
        server.Keys = SigningKey.Set(TestIssuer.Shared.Stranger.Jwk("r2"));
        server.Gate = new TaskCompletionSource();
        Task<TokenTestResult>[] callers = [.. Enumerable.Range(0, 20).Select(_ => validator.ValidateAsync(Token("r2", TestIssuer.Shared.Stranger), rules, Stop))];
        await server.Arrived.Task.WaitAsync(Stop);
        server.Gate.SetResult();

        Assert.All(await Task.WhenAll(callers), result => Assert.True(result.IsValid));
        Assert.Equal(2, server.Requests);
    }

    [Fact]
    public async Task A_caller_who_leaves_during_a_reload_takes_nothing_from_the_others()
    {
        await validator.ValidateAsync(Token("r1"), rules, Stop);
        server.Keys = SigningKey.Set(TestIssuer.Shared.Stranger.Jwk("r2"));
        server.Gate = new TaskCompletionSource();
        using var leaving = new CancellationTokenSource();
        Task<TokenTestResult> first = validator.ValidateAsync(Token("r2", TestIssuer.Shared.Stranger), rules, leaving.Token);
        Task<TokenTestResult> second = validator.ValidateAsync(Token("r2", TestIssuer.Shared.Stranger), rules, Stop);
        await server.Arrived.Task.WaitAsync(Stop);
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        server.Gate.SetResult();

        Assert.True((await second).IsValid);
    }

    [Fact]
    public async Task The_last_good_keys_serve_while_the_server_is_down_but_not_for_ever()
    {
        ValidationRules patient = rules with { ClockSkew = TimeSpan.FromDays(2) };
        Assert.True((await validator.ValidateAsync(Token("r1"), patient, Stop)).IsValid);
        string token = Token("r1");
        server.Status = 503;

        clock.Advance(TimeSpan.FromHours(24));
        Assert.True((await validator.ValidateAsync(token, patient, Stop)).IsValid);
        Assert.True((await validator.ValidateAsync(token, patient, Stop)).IsValid);
        Assert.Equal(2, server.Requests);

        clock.Advance(TimeSpan.FromHours(1));
        AuthServiceException error = await Assert.ThrowsAsync<AuthServiceException>(() => validator.ValidateAsync(token, patient, Stop));
        Assert.Equal(AuthErrorId.ServerError, error.Code);
    }

    [Theory]
    [InlineData("<html>")]
    [InlineData("[]")]
    [InlineData("{\"keys\":1}")]
    [InlineData("{\"keys\":[{\"kty\":\"RSA\"}],\"keys\":[]}")]
    [InlineData("")]
    public async Task Something_else_than_keys_is_an_error_and_no_answer(string body)
    {
        server.Keys = System.Text.Encoding.UTF8.GetBytes(body);
        AuthServiceException error = await Assert.ThrowsAsync<AuthServiceException>(() => validator.ValidateAsync(Token("r1"), rules, Stop));
        Assert.Equal(AuthErrorId.MalformedResponse, error.Code);
    }

    [Fact]
    public async Task A_token_without_an_allowed_algorithm_sends_nothing()
    {
        string none = Forge.Part("""{"alg":"none"}""") + "." + Forge.Part("{}") + ".";
        Assert.Equal(AuthErrorId.AlgorithmNotAllowed, (await validator.ValidateAsync(none, rules, Stop)).Failure);
        Assert.Equal(0, server.Requests);
    }

    [Fact]
    public async Task Keys_come_from_an_address_or_a_file_as_well()
    {
        var sender = new HttpSender(TimeProvider.System);
        ValidationRules byAddress = rules with { Issuers = [server.Authority], Keys = JwksKeySource.At(server.Jwks, null, sender, Transport, clock) };
        Assert.True((await validator.ValidateAsync(Token("r1"), byAddress, Stop)).IsValid);

        string path = System.IO.Path.GetTempFileName();
        try
        {
            await System.IO.File.WriteAllBytesAsync(path, server.Keys, Stop);
            ValidationRules byFile = rules with { Issuers = [server.Authority], Keys = new FileKeySource(path, null, clock) };
            Assert.True((await validator.ValidateAsync(Token("r1"), byFile, Stop)).IsValid);
        }
        finally
        {
            System.IO.File.Delete(path);
        }

        ValidationRules byNothing = rules with { Keys = new FileKeySource(path, null, clock) };
        ConfigurationException error = await Assert.ThrowsAsync<ConfigurationException>(() => validator.ValidateAsync(Token("r1"), byNothing, Stop));
        Assert.Equal(AuthErrorId.InvalidKey, error.Code);
    }

    [Theory]
    [InlineData("another")]
    [InlineData("none")]
    [InlineData("nonsense")]
    [InlineData("removed")]
    [Trait("Feature", "R22")]
    public async Task A_key_that_was_taken_out_of_a_file_is_not_trusted_at_the_next_call(string now)
    {
        string path = System.IO.Path.GetTempFileName();
        try
        {
            await System.IO.File.WriteAllBytesAsync(path, server.Keys, Stop);
            ValidationRules byFile = rules with { Issuers = [server.Authority], Keys = new FileKeySource(path, null, TimeProvider.System) };
            string token = Token("r1");
            Assert.True((await validator.ValidateAsync(token, byFile, Stop)).IsValid);

            // The same length and the same time as before: what was read a moment ago is looked at again.
            DateTime writtenOn = System.IO.File.GetLastWriteTimeUtc(path);
            if (now == "removed")
            {
                System.IO.File.Delete(path);
            }
            else
            {
                string keys = now == "nonsense" ? "no keys" : now == "none" ? "{\"keys\":[]}" : System.Text.Encoding.UTF8.GetString(server.Keys).Replace("\"r1\"", "\"r0\"", StringComparison.Ordinal);
                await System.IO.File.WriteAllTextAsync(path, keys.PadRight(server.Keys.Length), Stop);
                System.IO.File.SetLastWriteTimeUtc(path, writtenOn);
            }

            if (now is "another" or "none")
            {
                Assert.False((await validator.ValidateAsync(token, byFile, Stop)).IsValid);
            }
            else
            {
                ConfigurationException error = await Assert.ThrowsAsync<ConfigurationException>(() => validator.ValidateAsync(token, byFile, Stop));
                Assert.Equal(AuthErrorId.InvalidKey, error.Code);
            }

            // Put back it is good at once.
            await System.IO.File.WriteAllBytesAsync(path, server.Keys, Stop);
            Assert.True((await validator.ValidateAsync(token, byFile, Stop)).IsValid);
        }
        finally
        {
            System.IO.File.Delete(path);
        }
    }

    private string Token(string? kid, SigningKey? key = null, string algorithm = "RS256")
    {
        System.Collections.Generic.Dictionary<string, object?> header = TestIssuer.Header(algorithm, kid ?? "r1");
        if (kid is null)
        {
            header.Remove("kid");
        }

        System.Collections.Generic.Dictionary<string, object?> claims = TestIssuer.Claims(clock);
        claims["iss"] = server.Authority;
        return Forge.Token(header, claims, key ?? TestIssuer.Shared.Rsa);
    }
}
