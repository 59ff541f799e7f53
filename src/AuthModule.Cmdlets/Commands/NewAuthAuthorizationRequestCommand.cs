using System.Management.Automation;
using System.Security;
using System.Security.Cryptography.X509Certificates;
using System.Threading.Tasks;
using AuthModule.Arguments;
using AuthModule.Completion;
using AuthModule.Requests;

namespace AuthModule.Commands;

/// <summary>
/// The first half of a code flow (RFC 6749, section 4.1, with PKCE): an address for anybody's browser. Give the object, and
/// the address that the browser is sent to, to Get-AuthToken.
/// </summary>
[Cmdlet(VerbsCommon.New, "AuthAuthorizationRequest")]
[OutputType(typeof(AuthorizationRequest))]
public sealed class NewAuthAuthorizationRequestCommand : SignInCommand
{
    /// <summary>Where the browser is sent afterwards, exactly as it is registered for the client.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? RedirectUri { get; set; }

    /// <summary>Who is to sign in.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? LoginHint { get; set; }

    /// <summary>What the service shall ask of the person: <c>login</c>, <c>consent</c>, <c>select_account</c>, <c>none</c>.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(PromptCompleter))]
    public string? Prompt { get; set; }

    /// <summary>The client's secret; both halves of the flow use it.</summary>
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
    [ValidateSet(ClientProof.Basic, ClientProof.Post, ClientProof.SecretJwt, ClientProof.PrivateKeyJwt, ClientProof.Tls)]
    public string? ClientAuthentication { get; set; }

    /// <summary>Binds the tokens to a key of the session (RFC 9449).</summary>
    [Parameter]
    public SwitchParameter Dpop { get; set; }

    private protected override void Run() =>
        WriteObject(Wait(new ValueTask<AuthorizationRequest>(Engine.CreateAuthorizationRequestAsync(Request(), Log, StopToken))));

    private protected override TokenRequest Request()
    {
        TokenRequest request = base.Request();
        return request with
        {
            UseDpop = Dpop,
            Client = ClientProof.Read(this, ClientSecret, ClientCertificate, ClientKey, ClientKeyPassword, ClientAuthentication),
            Input = request.Input with { RedirectUri = RedirectUri, LoginHint = LoginHint, Prompt = Prompt },
        };
    }
}
