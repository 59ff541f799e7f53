using System.Management.Automation;
using System.Security;
using System.Security.Cryptography.X509Certificates;
using AuthModule.Arguments;
using AuthModule.Requests;

namespace AuthModule.Commands;

/// <summary>A cmdlet that signs in as a client that may prove itself, in whatever way.</summary>
public abstract class ClientCommand : SignInCommand
{
    /// <summary>The client's secret.</summary>
    [Parameter]
    [ValidateNotNull]
    public SecureString? ClientSecret { get; set; }

    /// <summary>The client's certificate with its private key.</summary>
    [Parameter]
    [ValidateNotNull]
    public X509Certificate2? ClientCertificate { get; set; }

    /// <summary>A PEM, JWK or PFX file with the client's private key.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ClientKey { get; set; }

    /// <summary>The password of <see cref="ClientKey"/> where that is an encrypted PEM (PKCS#8) or a PFX.</summary>
    [Parameter]
    [ValidateNotNull]
    public SecureString? ClientKeyPassword { get; set; }

    /// <summary>How the client proves itself; without it as the service prefers.</summary>
    [Parameter]
    [ValidateSet(ClientProof.Basic, ClientProof.BasicPlain, ClientProof.Post, ClientProof.SecretJwt, ClientProof.PrivateKeyJwt, ClientProof.Tls)]
    public string? ClientAuthentication { get; set; }

    private protected override TokenRequest Request() => base.Request() with
    {
        Client = ClientProof.Read(this, ClientSecret, ClientCertificate, ClientKey, ClientKeyPassword, ClientAuthentication),
    };
}
