using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using AuthModule.AssertionSources;
using AuthModule.Core.Tests.Support;
using AuthModule.Providers;
using AuthModule.Requests;
using AuthModule.Secrets;
using AuthModule.Sessions;
using AuthModule.TestKit.Files;
using AuthModule.TestKit.Jwts;
using AuthModule.TestKit.Servers;
using AuthModule.Tokens;
using Xunit;

namespace AuthModule.Core.Tests.Grants;

/// <summary>An ID token is validated wherever one arrives, and nothing of it is believed before.</summary>
[Trait("Feature", "R22")]
public sealed class IdTokenGateTests
{
    private static readonly Dictionary<string, Func<ForgingServer, TokenRequest>> SignIns = new()
    {
        ["password"] = server => Plain(server) with { Input = new GrantInput { UserName = "alice", Password = Secret.From("pw") } },
        ["client credentials"] = server => Plain(server) with { Grant = GrantNames.ClientCredentials, Client = new ClientCredential { Secret = Secret.From("s") } },
        ["exchange"] = server => Plain(server) with { Input = new GrantInput { SubjectToken = Secret.From("other") } },
        ["assertion"] = server => Plain(server) with { Input = new GrantInput { Assertion = Secret.From("signed") } },
        ["workload"] = server => Plain(server) with { Client = new ClientCredential { AssertionSource = new DelegateAssertionSource("t", _ => new(Secret.From("job"))) } },
        ["refresh token"] = server => Plain(server) with { Input = new GrantInput { RefreshToken = Secret.From("r-0") } },
    };

    [Fact]
    public async Task A_sign_in_with_a_forged_ID_token_is_refused_by_every_grant()
    {
        await using ForgingServer server = await ForgingServer.StartAsync();
        var faults = new List<string>();
        int cells = 0;
        foreach ((string grant, Func<ForgingServer, TokenRequest> request) in SignIns)
        {
            server.Forgery = (_, _) => null;
            AuthToken good = await new EngineHost().GetAsync(request(server));
            Assert.Equal(("alice", true), (good.Subject, good.Tokens.IsIdTokenVerified));
            foreach ((string name, (var change, string id)) in IdTokenForgeries.All)
            {
                cells++;
                server.Forgery = change;
                var host = new EngineHost();
                string? code = (await Record.ExceptionAsync(() => host.GetAsync(request(server))) as AuthException)?.Code;
                if (code != id || host.Table.Current is not null)
                {
                    faults.Add($"{grant}, {name}: {code ?? "accepted"}, not {id}");
                }
            }
        }

        Figures.Add("forged ID tokens", $"{cells} cells of {SignIns.Count} grants and {IdTokenForgeries.All.Count} forgeries");
        Assert.True(faults.Count == 0, string.Join("\n", faults));
    }

    public static TheoryData<string, string> Renewals
    {
        get
        {
            var cells = new TheoryData<string, string>();
            foreach ((string name, (_, string id)) in IdTokenForgeries.All)
            {
                cells.Add(name, id);
            }

            cells.Add("another subject, well signed", AuthErrorId.ClaimMismatch);
            cells.Add("a nonce that was not sent", AuthErrorId.NonceMismatch);
            cells.Add("much older", AuthErrorId.TokenExpired);
            return cells;
        }
    }

    [Theory]
    [MemberData(nameof(Renewals))]
    public async Task A_renewal_with_a_forged_ID_token_leaves_the_session_as_it_was_but_for_the_replaced_refresh_token(string name, string id)
    {
        await using ForgingServer server = await ForgingServer.StartAsync();
        using var folder = new TestFolder();
        foreach (string? store in (string?[])[null, "file:" + folder.Path])
        {
            server.Forgery = (_, _) => null;
            server.More = ""","refresh_token":"r-1" """;
            EngineHost host = NewHost();
            AuthToken before = await host.GetAsync(SignIns["password"](server) with { Store = store });
            AuthSession session = before.Session;

            server.More = ""","refresh_token":"r-2" """;
            server.Forgery = name switch
            {
                "another subject, well signed" => IdTokenForgeries.Of((_, claims) => claims["sub"] = "mallory"),
                "a nonce that was not sent" => IdTokenForgeries.Of((_, claims) => claims["nonce"] = "replayed"),
                "much older" => IdTokenForgeries.Of((_, claims) => claims["iat"] = (long)claims["iat"]! - 3600),
                _ => IdTokenForgeries.All[name].Change,
            };
            AuthException error = await Assert.ThrowsAnyAsync<AuthException>(host.UpdateAsync);

            Assert.Equal(id, error.Code);
            Assert.DoesNotContain("not known; it is not sent again", error.Message);
            Assert.Equal(("alice", id), (session.Subject, session.LastError?.Code));
            Assert.Equal((before.ToPlainText(), before.Tokens.IdToken!.Reveal()), (session.Token!.ToPlainText(), session.Token.Tokens.IdToken!.Reveal()));
            Assert.Equal(("r-2", (DateTimeOffset?)null), (session.Token.Tokens.RefreshToken!.Reveal(), session.Token.Tokens.InDoubtSince));

            // What the service has put in its place is what the next renewal sends, from the store as well.
            server.Forgery = (_, _) => null;
            AuthToken renewed = store is null
                ? await host.UpdateAsync()
                : await NewHost().GetAsync(SignIns["password"](server) with { Store = store }, TokenRequirement.Now);
            Assert.Equal("alice", renewed.Subject);
            Assert.Contains("refresh_token=r-2", server.Http.Requests.Last(request => request.Path == "/token").Body);
        }
    }

    [Fact]
    public async Task A_renewal_without_an_ID_token_keeps_the_one_before()
    {
        await using ForgingServer server = await ForgingServer.StartAsync();
        server.More = ""","refresh_token":"r-1" """;
        var host = new EngineHost();
        string idToken = (await host.GetAsync(SignIns["password"](server))).Tokens.IdToken!.Reveal();
        server.SendsIdToken = false;
        AuthToken renewed = await host.UpdateAsync();

        Assert.Equal((idToken, true, "alice"), (renewed.Tokens.IdToken!.Reveal(), renewed.Tokens.IsIdTokenVerified, renewed.Subject));
    }

    [Fact]
    public async Task Keys_that_cannot_be_had_at_a_renewal_lose_nothing()
    {
        await using ForgingServer server = await ForgingServer.StartAsync();
        server.More = ""","refresh_token":"r-1" """;
        server.SendsIdToken = false;
        var host = new EngineHost();
        AuthToken before = await host.GetAsync(SignIns["password"](server) with { Transport = new AuthModule.Http.TransportSettings { MaximumRetryCount = 0 } });
        server.SendsIdToken = true;
        server.More = ""","refresh_token":"r-2" """;
        server.Http.On("GET", "/keys", "{}", 503);
        Assert.Equal(AuthErrorId.ServerError, (await Assert.ThrowsAnyAsync<AuthException>(host.UpdateAsync)).Code);

        Assert.Equal((before.ToPlainText(), "r-2"), (before.Session.Token!.ToPlainText(), before.Session.Token.Tokens.RefreshToken!.Reveal()));
        server.Http.On("GET", "/keys", Encoding.UTF8.GetString(TestIssuer.Shared.Jwks));
        await host.UpdateAsync();
        Assert.Contains("refresh_token=r-2", server.Http.Requests.Last(request => request.Path == "/token").Body);
    }

    [Theory]
    [InlineData("oauth2")]
    [InlineData("says so")]
    public async Task The_ID_token_of_a_service_that_is_no_OpenID_provider_is_kept_unread(string kind)
    {
        await using ForgingServer server = await ForgingServer.StartAsync();
        server.Forgery = IdTokenForgeries.All["no signature and another subject"].Change;
        var host = new EngineHost();
        TokenRequest request = SignIns["password"](server);
        if (kind == "oauth2")
        {
            request = request with { Provider = "oauth2", Authority = null, TokenEndpoint = server.Issuer + "/token" };
        }
        else
        {
            host.Engine.Providers.Register(DescriptionReader.Read(
                Encoding.UTF8.GetBytes("""{"name":"no-openid","discovery":true,"openid":false,"grants":{"password":{}}}"""), "no-openid.json"));
            request = request with { Provider = "no-openid" };
        }

        AuthToken token = await host.GetAsync(request);

        Assert.Equal(("alice", false), (token.Subject, token.Tokens.IsIdTokenVerified));
        Assert.NotNull(token.IdToken);
    }

    [Theory]
    [InlineData("token_type\":\"mac", AuthErrorId.MalformedResponse)]
    [InlineData("token_type\":\"pop", AuthErrorId.MalformedResponse)]
    [InlineData("token_type\":\"N_A", AuthErrorId.MalformedResponse)]
    [InlineData("token_type\":\"bEARER", null)]
    [InlineData("token_type\":\"", null)]
    [InlineData("x\":\"", null)]
    public async Task A_token_type_that_is_not_known_is_refused_and_none_is_Bearer_with_one_warning(string member, string? id)
    {
        await using ScriptedServer server = await ScriptedServer.StartAsync();
        server.On("POST", "/token", $$"""{"access_token":"a","expires_in":60,"{{member}}"}""");
        var host = new EngineHost();
        var request = new TokenRequest
        {
            Provider = "oauth2",
            TokenEndpoint = server.Address + "/token",
            ClientId = "c",
            Grant = GrantNames.ClientCredentials,
            Client = new ClientCredential { Secret = Secret.From("s") },
        };
        if (id is not null)
        {
            Assert.Equal(id, (await Assert.ThrowsAsync<AuthServiceException>(() => host.GetAsync(request))).Code);
            return;
        }

        Assert.Equal("Bearer", (await host.GetAsync(request)).TokenType);
        await host.UpdateAsync();
        int warnings = host.Log.Lines.Count(line => line.StartsWith("Warning", StringComparison.Ordinal) && line.Contains("token_type"));
        Assert.Equal(member.Contains("bEARER") ? 0 : 1, warnings);
    }

    [Theory]
    [Trait("Feature", "S9")]
    [InlineData("bearer_token", false, "Bearer")]
    [InlineData("BEARER_TOKEN", false, "Bearer")]
    [InlineData("Basic", false, "Token")]
    [InlineData("", false, "Session")]
    [InlineData("dpop", false, "DPoP")]
    [InlineData("N_A", true, "N_A")]
    [InlineData("N_A", false, "Token")]
    public void A_description_maps_the_types_of_its_service(string said, bool isExchange, string expected)
    {
        var words = new Dictionary<string, string> { ["bearer_token"] = "Bearer", [""] = "Session", ["*"] = "Token" };
        Assert.Equal(expected, TokenTypes.Find(said, words, isExchange));
        words.Remove("*");
        Assert.Equal(expected == "Token" ? null : expected, TokenTypes.Find(said, words, isExchange));
    }

    [Theory]
    [InlineData("\"access_token\":12345678901234567890")]
    [InlineData("\"access_token\":[\"a\",\"b\"]")]
    [InlineData("\"access_token\":{\"a\":1}")]
    [InlineData("\"access_token\":true")]
    [InlineData("\"access_token\":\"a\",\"refresh_token\":7")]
    [InlineData("\"access_token\":\"a\",\"id_token\":7")]
    public async Task A_token_that_is_no_text_is_malformed(string members)
    {
        await using ScriptedServer server = await ScriptedServer.StartAsync();
        server.On("POST", "/token", $$"""{{{members}},"token_type":"Bearer","expires_in":60}""");
        AuthServiceException error = await Assert.ThrowsAsync<AuthServiceException>(() => new EngineHost().GetAsync(new TokenRequest
        {
            Provider = "oauth2",
            TokenEndpoint = server.Address + "/token",
            ClientId = "c",
            Grant = GrantNames.ClientCredentials,
            Client = new ClientCredential { Secret = Secret.From("s") },
        }));
        Assert.Equal(AuthErrorId.MalformedResponse, error.Code);
    }

    private static EngineHost NewHost()
    {
        var host = new EngineHost();
        host.Variables["AUTHMODULE_STORE_KEY"] = Convert.ToBase64String(new byte[32]);
        return host;
    }

    private static TokenRequest Plain(ForgingServer server) => new() { Authority = server.Issuer, ClientId = ForgingServer.Client };
}
