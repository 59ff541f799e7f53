using System;
using System.Collections.Generic;
using System.Net;
using System.Net.Http;
using System.Text;
using AuthModule.Discovery;
using AuthModule.Http;
using AuthModule.TestKit.Time;

namespace AuthModule.Core.Tests.Http;

/// <summary>Addresses that a service names in its metadata: its own, or those that somebody allowed.</summary>
[Trait("Feature", "R1")]
public sealed class AdvertisedAddressTests
{
    private const string Issuer = "https://id.example.com";

    [Theory]
    [InlineData("https://id.example.com/token")]
    [InlineData("https://ID.example.com/token")]
    [InlineData("https://id.example.com:8443/token")]
    [InlineData("https://tokens.example.net/token")]
    [InlineData("https://eu.tokens.example.org/token")]
    public void Its_own_host_and_allowed_ones_are_taken(string address) =>
        Assert.Equal(new Uri(address), Read("token_endpoint", address).Endpoints["token"]);

    [Theory]
    [InlineData("http://id.example.com/token")]
    [InlineData("https://evil.example.com/token")]
    [InlineData("https://id.example.com.evil.com/token")]
    [InlineData("https://id.example.com@evil.com/token")]
    [InlineData("https://user:pass@id.example.com/token")]
    [InlineData("https://127.0.0.1/token")]
    [InlineData("https://localhost/token")]
    [InlineData("https://169.254.169.254/token")]
    [InlineData("https://10.0.0.1/token")]
    [InlineData("https://tokens.example.org/token")]
    [InlineData("https://eviltokens.example.org/token")]
    [InlineData("file://id.example.com/share")]
    [InlineData("javascript:alert(1)")]
    [InlineData("custom-app://id.example.com/x")]
    [InlineData("//id.example.com/token")]
    [InlineData("/token")]
    [InlineData("")]
    public void Any_other_is_refused_for_every_endpoint(string address)
    {
        foreach (string name in new[] { "token_endpoint", "authorization_endpoint", "jwks_uri", "end_session_endpoint", "revocation_endpoint", "introspection_endpoint", "device_authorization_endpoint", "pushed_authorization_request_endpoint" })
        {
            var refused = Assert.ThrowsAny<AuthException>(() => Read(name, address));
            Assert.Equal(AuthErrorId.DiscoveryFailed, refused.Code);
            Assert.DoesNotContain("user:pass", refused.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    [Trait("Feature", "R4")]
    public void Addresses_for_mutual_TLS_are_held_to_the_same() =>
        Assert.Equal(AuthErrorId.DiscoveryFailed, Assert.ThrowsAny<AuthException>(() => Read("mtls_endpoint_aliases", """{"token_endpoint":"https://evil.example.com/token"}""")).Code);

    [Fact]
    public void A_service_on_this_machine_may_name_other_ports_of_it_and_nothing_else()
    {
        Assert.Equal(2, Read("token_endpoint", "http://localhost:2/token", "http://127.0.0.1:1").Endpoints["token"].Port);
        Assert.Equal(AuthErrorId.DiscoveryFailed, Assert.ThrowsAny<AuthException>(() => Read("token_endpoint", "http://10.0.0.1/token", "http://127.0.0.1:1")).Code);
        Assert.Equal(AuthErrorId.DiscoveryFailed, Assert.ThrowsAny<AuthException>(() => Read("token_endpoint", "custom://127.0.0.1/token", "http://127.0.0.1:1")).Code);
    }

    private static ServerMetadata Read(string name, string value, string issuer = Issuer)
    {
        var clock = new ManualTimeProvider();
        string quoted = value.StartsWith('{') ? value : $"\"{value}\"";
        byte[] document = Encoding.UTF8.GetBytes($$"""{"issuer":"{{issuer}}","{{name}}":{{quoted}}}""");
        using var response = new HttpResponseMessage(HttpStatusCode.OK);
        WireReply reply = ReplyHeaders.Read(
            new WireRequest("discovery", issuer, HttpMethod.Get, new Uri(issuer + "/.well-known/openid-configuration")), response, document, clock.GetTimestamp(), clock);
        return MetadataReader.Read(reply, new MetadataQuery { Authority = issuer, Service = issuer, TrustedHosts = ["tokens.example.net", "*.tokens.example.org"] });
    }
}
