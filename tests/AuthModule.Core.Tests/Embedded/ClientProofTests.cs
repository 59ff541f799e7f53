using System;
using System.Collections.Generic;
using System.Security.Cryptography;
using System.Threading.Tasks;
using AuthModule.Core.Tests.Operations.ClientAuthentication;
using AuthModule.Requests;
using AuthModule.TestKit.Files;

namespace AuthModule.Core.Tests.Embedded;

/// <summary>Signed client assertions at the embedded server (RFC 7523).</summary>
public sealed class ClientProofTests
{
    private const string AssertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    [Fact]
    [Trait("Feature", "R3")]
    public async Task Private_key_jwt_and_client_secret_jwt_get_a_token_again_and_again()
    {
        await using EmbeddedFlow flow = await EmbeddedFlow.StartAsync();
        using var key = new TempFile(EmbeddedFlow.KeyPem);
        TokenRequest portal = flow.As("portal", "orders.read");
        foreach (TokenRequest request in new[]
        {
            flow.As("robot", "orders.read") with { Client = new ClientCredential { KeyFile = key.Path } },
            portal with { Client = portal.Client with { Method = "SecretJwt" } },
        })
        {
            AuthToken first = await flow.Host.GetAsync(request);
            Assert.NotEqual(first.ToPlainText(), (await flow.Host.UpdateAsync()).ToPlainText());
        }

        Assert.DoesNotContain(flow.Server.Requests, request => request.AuthorizationScheme is not null);
    }

    [Fact]
    [Trait("Feature", "R3")]
    public async Task Another_key_and_another_secret_are_InvalidClient()
    {
        await using EmbeddedFlow flow = await EmbeddedFlow.StartAsync();
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var key = new TempFile(other.ExportPkcs8PrivateKeyPem());
        foreach (TokenRequest request in new[]
        {
            flow.As("robot") with { Client = new ClientCredential { KeyFile = key.Path } },
            flow.As("portal") with { Client = new ClientCredential { Secret = AuthModule.Secrets.Secret.From("another secret of at least 32 bytes"), Method = "SecretJwt" } },
            flow.As("robot") with { Client = new ClientCredential { Secret = AuthModule.Secrets.Secret.From("it has none"), Method = "SecretJwt" } },
            flow.As("portal") with { Client = new ClientCredential { KeyFile = key.Path } },
        })
        {
            Assert.Equal(AuthErrorId.InvalidClient, (await Assert.ThrowsAsync<AuthenticationException>(() => flow.Host.GetAsync(request))).Code);
        }
    }

    [Fact]
    [Trait("Feature", "R3")]
    public async Task An_assertion_works_once_for_this_server_and_this_client()
    {
        await using EmbeddedFlow flow = await EmbeddedFlow.StartAsync();
        using var key = new TempFile(EmbeddedFlow.KeyPem);
        async Task<int> UseAsync(string assertion, string? client = null, string type = AssertionType)
        {
            List<(string, string)> fields = [("grant_type", "client_credentials"), ("client_assertion_type", type), ("client_assertion", assertion)];
            if (client is not null)
            {
                fields.Add(("client_id", client));
            }

            return (await flow.PostAsync("/token", fields)).Status;
        }

        string good = PlatformAssertion.Write(key.Path, "robot", flow.Issuer);
        Assert.Equal(200, await UseAsync(good));
        Assert.Equal(401, await UseAsync(good));
        Assert.Equal(200, await UseAsync(PlatformAssertion.Write(key.Path, "robot", flow.Issuer + "/token"), "robot"));
        Assert.Equal(401, await UseAsync(PlatformAssertion.Write(key.Path, "robot", "https://other.example")));
        Assert.Equal(401, await UseAsync(PlatformAssertion.Write(key.Path, "robot", flow.Issuer + "0")));
        Assert.Equal(401, await UseAsync(PlatformAssertion.Write(key.Path, "robot", flow.Issuer + "/introspect")));
        Assert.Equal(401, await UseAsync(PlatformAssertion.Write(key.Path, "robot", flow.Issuer), "portal"));
        Assert.Equal(401, await UseAsync(PlatformAssertion.Write(key.Path, "robot", flow.Issuer, issuer: "portal")));
        Assert.Equal(401, await UseAsync(PlatformAssertion.Write(key.Path, "portal", flow.Issuer)));
        Assert.Equal(401, await UseAsync("no.jwt"));
        Assert.Equal(400, await UseAsync(PlatformAssertion.Write(key.Path, "robot", flow.Issuer), type: "urn:other"));
    }
}
