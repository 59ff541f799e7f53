using System;
using System.Collections.Generic;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using System.Threading.Tasks;
using AuthModule.AssertionSources;
using AuthModule.Core.Tests.Support;
using AuthModule.Http;
using AuthModule.Requests;
using AuthModule.Secrets;
using AuthModule.TestKit.Files;
using AuthModule.Text;

namespace AuthModule.Core.Tests.Operations.ClientAuthentication;

/// <summary>Ways for a client to prove itself, judged by a server that others wrote.</summary>
[Collection(OidcProvider.Name)]
public sealed class OidcProviderProofTests(OidcProviderServer server)
{
    private readonly EngineHost host = new();

    [Fact]
    [Trait("Feature", "R3")]
    public async Task Client_secret_jwt_keeps_the_secret_at_home()
    {
        TokenRequest request = server.As("ccSecretJwt", "api:read");

        AuthToken token = await host.GetAsync(request with { Client = request.Client with { Method = "SecretJwt" } });

        Assert.True(await server.IsActiveAsync(token.ToPlainText()));
    }

    [Theory]
    [Trait("Feature", "R3")]
    [InlineData("ccPrivateKeyRs256", "privateKeyPem")]
    [InlineData("ccPrivateKeyPs256", "privateKeyPem")]
    [InlineData("ccPrivateKeyEs256", "privateKeyPem")]
    [InlineData("ccPrivateKeyRs256", "privateJwk")]
    [InlineData("ccPrivateKeyPs256", "privateJwk")]
    [InlineData("ccPrivateKeyEs256", "privateJwk")]
    public async Task Private_key_jwt_from_a_key_file(string client, string format)
    {
        JsonElement known = server.Known(client);
        JsonElement key = known.GetProperty(format);
        using var file = new TempFile(key.ValueKind == JsonValueKind.String ? key.GetString()! : key.GetRawText());
        TokenRequest request = server.As(client, "api:read") with
        {
            Client = new ClientCredential { KeyFile = file.Path },
            Parameters = new Dictionary<string, string> { ["assertionAlgorithm"] = known.GetProperty("authSigningAlg").GetString()! },
        };

        AuthToken token = await host.GetAsync(request);

        Assert.True(await server.IsActiveAsync(token.ToPlainText()));
        Assert.Equal("api:read", (await server.IntrospectAsync(token.ToPlainText())).GetProperty("scope").GetString());
    }

    [Fact]
    [Trait("Feature", "R3")]
    public async Task Private_key_jwt_from_a_certificate_that_the_connection_does_not_show()
    {
        using X509Certificate2 certificate = WithKey(PemCertificate("cc-private-key", server.Known("ccPrivateKeyEs256").GetProperty("privateKeyPem").GetString()!));
        TokenRequest request = server.As("ccPrivateKeyEs256") with
        {
            Client = new ClientCredential { Certificate = certificate, Method = "PrivateKeyJwt" },
        };

        Assert.True(await server.IsActiveAsync((await host.GetAsync(request)).ToPlainText()));
    }

    [Fact]
    [Trait("Feature", "R3")]
    public async Task Another_clients_key_is_InvalidClient()
    {
        using var file = new TempFile(server.Known("ccPrivateKeyRs256").GetProperty("privateKeyPem").GetString()!);
        TokenRequest request = server.As("ccPrivateKeyPs256") with { Client = new ClientCredential { KeyFile = file.Path } };

        AuthenticationException error = await Assert.ThrowsAsync<AuthenticationException>(() => host.GetAsync(request));

        Assert.Equal(AuthErrorId.InvalidClient, error.Code);
    }

    [Fact]
    [Trait("Feature", "R18")]
    [Trait("Feature", "N5")]
    public async Task A_workload_proves_itself_by_an_assertion_that_is_read_again_for_each_token()
    {
        using var key = new TempFile(server.Known("ccPrivateKeyEs256").GetProperty("privateKeyPem").GetString()!);
        int reads = 0;
        var source = new DelegateAssertionSource("test", _ =>
        {
            reads++;
            return new(Secret.From(PlatformAssertion.Write(key.Path, "cc-private-key-es256", server.Issuer)));
        });
        TokenRequest request = server.As("ccPrivateKeyEs256", "api:read") with { Client = new ClientCredential { AssertionSource = source } };

        AuthToken first = await host.GetAsync(request);
        AuthToken second = await host.UpdateAsync();

        Assert.Equal(2, reads);
        Assert.Equal("workload", first.Session.Grant);
        Assert.NotEqual(first.ToPlainText(), second.ToPlainText());
        Assert.True(await server.IsActiveAsync(second.ToPlainText()));
    }

    [Theory]
    [Trait("Feature", "R4")]
    [Trait("Feature", "P9")]
    [InlineData("tlsPki", null)]
    [InlineData("tlsSelfSigned", null)]
    [InlineData("tlsPki", "Tls")]
    public async Task Mutual_TLS_at_the_alias_gets_a_token_bound_to_the_certificate(string client, string? method)
    {
        JsonElement known = server.FindClient(client) ?? default;
        Assert.SkipWhen(known.ValueKind == JsonValueKind.Undefined, "there is no openssl to make certificates with");
        using var authority = new TempFile(server.Part("mtls").GetProperty("caPem").GetString()!);
        using X509Certificate2 certificate = WithKey(X509Certificate2.CreateFromPem(known.GetProperty("certificatePem").GetString(), known.GetProperty("keyPem").GetString()));
        TokenRequest request = server.As(client) with
        {
            Client = new ClientCredential { Certificate = certificate, Method = method },
            Transport = new TransportSettings { CaCertificate = authority.Path },
        };

        AuthToken token = await host.GetAsync(request);

        JsonElement introspected = await server.IntrospectAsync(token.ToPlainText());
        Assert.Equal(
            Base64Url.Encode(System.Security.Cryptography.SHA256.HashData(certificate.RawData)),
            introspected.GetProperty("cnf").GetProperty("x5t#S256").GetString());
    }

    [Fact]
    [Trait("Feature", "R4")]
    public async Task Mutual_TLS_with_another_clients_certificate_is_InvalidClient()
    {
        Assert.SkipWhen(server.FindClient("tlsPki") is null, "there is no openssl to make certificates with");
        JsonElement other = server.Known("tlsSelfSigned");
        using var authority = new TempFile(server.Part("mtls").GetProperty("caPem").GetString()!);
        using X509Certificate2 certificate = WithKey(X509Certificate2.CreateFromPem(other.GetProperty("certificatePem").GetString(), other.GetProperty("keyPem").GetString()));
        TokenRequest request = server.As("tlsPki") with
        {
            Client = new ClientCredential { Certificate = certificate },
            Transport = new TransportSettings { CaCertificate = authority.Path },
        };

        Assert.Equal(AuthErrorId.InvalidClient, (await Assert.ThrowsAsync<AuthenticationException>(() => host.GetAsync(request))).Code);
    }

    [Theory]
    [Trait("Feature", "R3")]
    [InlineData("Tls", "-ClientCertificate")]
    [InlineData("PrivateKeyJwt", "-ClientCertificate or -ClientKey")]
    public async Task A_method_without_what_it_needs_names_the_parameter(string method, string parameter)
    {
        TokenRequest request = server.As("ccBasic");

        ConfigurationException error = await Assert.ThrowsAsync<ConfigurationException>(
            () => host.GetAsync(request with { Client = request.Client with { Method = method } }));

        Assert.Equal(AuthErrorId.MissingParameter, error.Code);
        Assert.StartsWith(parameter, error.Message);
    }

    private static X509Certificate2 PemCertificate(string name, string keyPem)
    {
        using var key = System.Security.Cryptography.ECDsa.Create();
        key.ImportFromPem(keyPem);
        return new CertificateRequest("CN=" + name, key, System.Security.Cryptography.HashAlgorithmName.SHA256)
            .CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }

    // A key that came from PEM does not reach every TLS stack; one from a PFX does.
    private static X509Certificate2 WithKey(X509Certificate2 certificate)
    {
        using (certificate)
        {
            return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pfx), null, X509KeyStorageFlags.Exportable);
        }
    }
}
