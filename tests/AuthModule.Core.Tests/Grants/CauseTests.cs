using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using AuthModule.Core.Tests.Support;
using AuthModule.Requests;
using AuthModule.Secrets;
using AuthModule.TestKit.Servers;

namespace AuthModule.Core.Tests.Grants;

/// <summary>The error names the cause, not a guess.</summary>
[Trait("Feature", "U10")]
public sealed class CauseTests
{
    [Fact]
    public async Task No_secret_is_another_error_than_a_wrong_one_and_names_the_variables_that_would_be_read()
    {
        await using ScriptedServer server = await ScriptedServer.StartAsync();
        server.On("POST", "/token", """{"error":"invalid_client"}""", 401);
        TokenRequest request = new() { Provider = "oauth2", TokenEndpoint = server.Address + "/token", ClientId = "nightly", Grant = GrantNames.ClientCredentials };

        AuthException none = await FailureAsync(request);
        AuthException wrong = await FailureAsync(request with { Client = new ClientCredential { Secret = Secret.From("wrong") } });

        Assert.Equal(AuthErrorId.MissingParameter, none.Code);
        Assert.Contains("refused client 'nightly', for which neither a secret nor another proof was given: invalid_client (401)", none.Message, StringComparison.Ordinal);
        Assert.Contains("AUTHMODULE_CLIENT_SECRET", none.RecommendedAction, StringComparison.Ordinal);
        Assert.Equal((401, "invalid_client"), (none.StatusCode, none.OAuthError));
        Assert.Equal(AuthErrorId.InvalidClient, wrong.Code);
    }

    [Theory]
    [InlineData(null, "AUTHMODULE_USERNAME and AUTHMODULE_PASSWORD are not set")]
    [InlineData("alice", "AUTHMODULE_PASSWORD is not set")]
    public async Task No_password_names_the_variable_that_would_be_read(string? user, string words)
    {
        AuthException none = await FailureAsync(new()
        {
            Provider = "oauth2",
            TokenEndpoint = "http://127.0.0.1:9/token",
            ClientId = "a",
            Grant = GrantNames.Password,
            Input = new GrantInput { UserName = user },
        });
        Assert.Equal(AuthErrorId.MissingParameter, none.Code);
        Assert.Contains(words, none.Message, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Feature", "R6")]
    public async Task A_person_who_pressed_deny_is_not_taken_for_a_rule_of_the_service()
    {
        await using ScriptedServer server = await ScriptedServer.StartAsync();
        server.On("POST", "/device", """{"device_code":"d","user_code":"AB","verification_uri":"http://127.0.0.1/enter","expires_in":600,"interval":1}""")
            .On("POST", "/token", """{"error":"access_denied"}""", 400);
        AuthException denied = await FailureAsync(new()
        {
            Provider = "oauth2",
            TokenEndpoint = server.Address + "/token",
            ClientId = "a",
            Grant = GrantNames.DeviceCode,
            Parameters = new Dictionary<string, string> { ["deviceAuthorizationEndpoint"] = server.Address + "/device" },
        });
        Assert.Equal(AuthErrorId.AccessDenied, denied.Code);
        Assert.StartsWith("Whoever was asked pressed Deny", denied.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_of_an_endpoint_in_place_of_the_authority_is_told()
    {
        await using ScriptedServer server = await ScriptedServer.StartAsync();
        AuthException pasted = await FailureAsync(new()
        {
            Authority = server.Address + "/oauth2/userinfo",
            ClientId = "a",
            Client = new ClientCredential { Secret = Secret.From("s") },
        });
        Assert.Equal(AuthErrorId.DiscoveryFailed, pasted.Code);
        Assert.StartsWith("The address ends in /userinfo, as that of an endpoint does", pasted.RecommendedAction, StringComparison.Ordinal);
    }

    [Theory]
    [Trait("Feature", "U9")]
    [InlineData("keyclock", "There is no provider 'keyclock' (did you mean 'keycloak'?)")]
    [InlineData("azure-managed-identity-app", "; 'identityEndpont' was given, which it does not know")]
    public async Task A_near_name_is_offered_for_a_provider_and_for_a_parameter(string provider, string words)
    {
        AuthException missing = await FailureAsync(new()
        {
            Provider = provider,
            Authority = "https://id.contoso.com",
            Parameters = new Dictionary<string, string> { ["identityEndpont"] = "http://127.0.0.1:9" },
        });
        Assert.Contains(words, missing.Message, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Feature", "U9")]
    public void A_near_name_is_offered_for_an_assertion_source() =>
        Assert.Contains(
            "'kubernets' is not known (did you mean 'kubernetes'?)",
            Assert.ThrowsAny<AuthException>(() => AuthModule.AssertionSources.AssertionSourceReader.Read("kubernets")).Message,
            StringComparison.Ordinal);

    private static Task<AuthException> FailureAsync(TokenRequest request)
    {
        var host = new EngineHost();
        return Assert.ThrowsAnyAsync<AuthException>(() => host.GetAsync(request));
    }
}
