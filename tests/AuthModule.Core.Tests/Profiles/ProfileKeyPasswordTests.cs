using System.Collections.Generic;
using System.IO;
using System.Security.Cryptography;
using System.Threading.Tasks;
using AuthModule.Requests;

namespace AuthModule.Core.Tests.Profiles;

/// <summary>The password of a client's key file is a secret of the client, as its secret is: whatever reads the one reads the other.</summary>
public sealed class ProfileKeyPasswordTests
{
    private const string Password = "canary key password";

    [Fact]
    [Trait("Feature", "C14")]
    [Trait("Feature", "R3")]
    public async Task The_password_of_a_key_file_comes_by_reference()
    {
        await using ProfileHost host = await StartAsync();
        await host.GetAsync();
        Assert.Contains("client_assertion=", Assert.Single(host.Bodies));
        Assert.DoesNotContain(Password, string.Join('\n', host.Host.Log.Lines));
    }

    [Fact]
    [Trait("Feature", "C14")]
    [Trait("Feature", "R3")]
    public async Task The_first_half_of_a_code_flow_keeps_it_for_the_second()
    {
        await using ProfileHost host = await StartAsync();
        var request = new TokenRequest
        {
            Profile = "p",
            Input = new GrantInput { RedirectUri = "http://127.0.0.1/callback" },
            Parameters = new Dictionary<string, string> { ["authorizationEndpoint"] = host.Server.Address + "/authorize" },
        };
        AuthorizationRequest first = await host.Host.Engine.CreateAuthorizationRequestAsync(request, host.Host.Log, TestContext.Current.CancellationToken);
        Assert.NotNull(first.Request.Client.KeyPassword);
        Assert.Equal(Password, first.Request.Client.KeyPassword.Reveal());
    }

    private static async Task<ProfileHost> StartAsync()
    {
        ProfileHost host = await ProfileHost.StartAsync();
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await File.WriteAllTextAsync(host.Folder.File("key.pem"), key.ExportEncryptedPkcs8PrivateKeyPem(Password, new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1000)));
        host.Host.Variables["KEY_PASSWORD"] = Password;
        host.Write("""
            "clientId": "nightly", "clientKey": "key.pem", "clientKeyPassword": { "env": "KEY_PASSWORD" }
            """);
        return host;
    }
}
