using System.Management.Automation;
using System.Security;
using System.Security.Cryptography.X509Certificates;
using AuthModule.Arguments;
using AuthModule.Requests;

namespace AuthModule.Commands;

/// <summary>A client proves itself: alone (RFC 6749, section 4.4), or beside a user where it is confidential.</summary>
public sealed partial class GetAuthTokenCommand
{
    private const string ClientCredentialsSet = "ClientCredentials";

    /// <summary>The client's secret.</summary>
    [Parameter(ParameterSetName = ClientCredentialsSet)]
    [Parameter(ParameterSetName = PasswordSet)]
    [Parameter(ParameterSetName = RefreshTokenSet)]
    [Parameter(ParameterSetName = InteractiveSet)]
    [Parameter(ParameterSetName = DeviceCodeSet)]
    [Parameter(ParameterSetName = AuthorizationCodeSet)]
    [Parameter(ParameterSetName = BackchannelSet)]
    [Parameter(ParameterSetName = TokenExchangeSet)]
    [Parameter(ParameterSetName = AssertionSet)]
    [ValidateNotNull]
    public SecureString? ClientSecret { get; set; }

    /// <summary>The client's certificate with its private key.</summary>
    [Parameter(ParameterSetName = ClientCredentialsSet)]
    [Parameter(ParameterSetName = PasswordSet)]
    [Parameter(ParameterSetName = RefreshTokenSet)]
    [Parameter(ParameterSetName = InteractiveSet)]
    [Parameter(ParameterSetName = DeviceCodeSet)]
    [Parameter(ParameterSetName = AuthorizationCodeSet)]
    [Parameter(ParameterSetName = BackchannelSet)]
    [Parameter(ParameterSetName = TokenExchangeSet)]
    [Parameter(ParameterSetName = AssertionSet)]
    [ValidateNotNull]
    public X509Certificate2? ClientCertificate { get; set; }

    /// <summary>A PEM, JWK or PFX file with the client's private key.</summary>
    [Parameter(ParameterSetName = ClientCredentialsSet)]
    [Parameter(ParameterSetName = PasswordSet)]
    [Parameter(ParameterSetName = RefreshTokenSet)]
    [Parameter(ParameterSetName = InteractiveSet)]
    [Parameter(ParameterSetName = DeviceCodeSet)]
    [Parameter(ParameterSetName = AuthorizationCodeSet)]
    [Parameter(ParameterSetName = BackchannelSet)]
    [Parameter(ParameterSetName = TokenExchangeSet)]
    [Parameter(ParameterSetName = AssertionSet)]
    [ValidateNotNullOrEmpty]
    public string? ClientKey { get; set; }

    /// <summary>The password of <see cref="ClientKey"/> where that is an encrypted PEM (PKCS#8) or a PFX.</summary>
    [Parameter(ParameterSetName = ClientCredentialsSet)]
    [Parameter(ParameterSetName = PasswordSet)]
    [Parameter(ParameterSetName = RefreshTokenSet)]
    [Parameter(ParameterSetName = InteractiveSet)]
    [Parameter(ParameterSetName = DeviceCodeSet)]
    [Parameter(ParameterSetName = AuthorizationCodeSet)]
    [Parameter(ParameterSetName = BackchannelSet)]
    [Parameter(ParameterSetName = TokenExchangeSet)]
    [Parameter(ParameterSetName = AssertionSet)]
    [ValidateNotNull]
    public SecureString? ClientKeyPassword { get; set; }

    /// <summary>How the client proves itself; without it as the service prefers.</summary>
    [Parameter(ParameterSetName = ClientCredentialsSet)]
    [Parameter(ParameterSetName = PasswordSet)]
    [Parameter(ParameterSetName = RefreshTokenSet)]
    [Parameter(ParameterSetName = InteractiveSet)]
    [Parameter(ParameterSetName = DeviceCodeSet)]
    [Parameter(ParameterSetName = AuthorizationCodeSet)]
    [Parameter(ParameterSetName = BackchannelSet)]
    [Parameter(ParameterSetName = TokenExchangeSet)]
    [Parameter(ParameterSetName = AssertionSet)]
    [ValidateSet(ClientProof.Basic, ClientProof.BasicPlain, ClientProof.Post, ClientProof.SecretJwt, ClientProof.PrivateKeyJwt, ClientProof.Tls)]
    public string? ClientAuthentication { get; set; }

    private TokenRequest WithClientCredentials(TokenRequest request) => WithClient(request) with { Grant = "client_credentials" };

    private TokenRequest WithClient(TokenRequest request) => request with
    {
        Client = ClientProof.Read(this, ClientSecret, ClientCertificate, ClientKey, ClientKeyPassword, ClientAuthentication),
    };
}
