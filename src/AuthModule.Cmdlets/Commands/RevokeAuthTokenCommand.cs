using System.Management.Automation;
using System.Security;
using System.Security.Cryptography.X509Certificates;
using System.Threading.Tasks;
using AuthModule.Arguments;
using AuthModule.Completion;
using AuthModule.Reporting;
using AuthModule.Requests;

namespace AuthModule.Commands;

/// <summary>Revokes at the server, the refresh token first, then forgets the tokens here, whatever the server said.</summary>
[Cmdlet(VerbsSecurity.Revoke, "AuthToken", DefaultParameterSetName = SessionSet, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(RevocationResult))]
public sealed class RevokeAuthTokenCommand : ServiceCommand
{
    private const string SessionSet = "Session";
    private const string TokenSet = "Token";
    private const string SubjectSet = "Subject";

    /// <summary>The sessions; without them the current one, or that of the service that is named.</summary>
    [Parameter(ParameterSetName = SessionSet, ValueFromPipeline = true)]
    [ValidateNotNull]
    [SessionArgument]
    [ArgumentCompleter(typeof(SessionCompleter))]
    public AuthSession[]? Session { get; set; }

    /// <summary>A token: AuthToken, SecureString or string. The session's own goes with its session, any other alone.</summary>
    [Parameter(ParameterSetName = TokenSet, Mandatory = true, Position = 0)]
    [ValidateNotNull]
    public object? Token { get; set; }

    /// <summary>A local issuer that was made with <c>-TrackUsage</c>.</summary>
    [Parameter(ParameterSetName = SubjectSet, Mandatory = true)]
    [ValidateNotNull]
    public AuthIssuer? Issuer { get; set; }

    /// <summary>Whose tokens of that issuer end, all of them.</summary>
    [Parameter(ParameterSetName = SubjectSet, Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string? Subject { get; set; }

    /// <summary>The client that the token was issued to.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ClientId { get; set; }

    /// <summary>The client's secret.</summary>
    [Parameter(ParameterSetName = TokenSet)]
    [ValidateNotNull]
    public SecureString? ClientSecret { get; set; }

    /// <summary>The client's certificate with its private key.</summary>
    [Parameter(ParameterSetName = TokenSet)]
    [ValidateNotNull]
    public X509Certificate2? ClientCertificate { get; set; }

    /// <summary>A PEM, JWK or PFX file with the client's private key.</summary>
    [Parameter(ParameterSetName = TokenSet)]
    [ValidateNotNullOrEmpty]
    public string? ClientKey { get; set; }

    /// <summary>The password of <see cref="ClientKey"/> where that is an encrypted PEM (PKCS#8) or a PFX.</summary>
    [Parameter(ParameterSetName = TokenSet)]
    [ValidateNotNull]
    public SecureString? ClientKeyPassword { get; set; }

    /// <summary>How the client proves itself; without it as the service prefers.</summary>
    [Parameter(ParameterSetName = TokenSet)]
    [ValidateSet(ClientProof.Basic, ClientProof.BasicPlain, ClientProof.Post, ClientProof.SecretJwt, ClientProof.PrivateKeyJwt, ClientProof.Tls)]
    public string? ClientAuthentication { get; set; }

    /// <summary>Forgets the session here and sends nothing.</summary>
    [Parameter(ParameterSetName = SessionSet)]
    public SwitchParameter LocalOnly { get; set; }

    /// <summary>Ends the person's sign-in in the browser too, where the service has that.</summary>
    [Parameter(ParameterSetName = SessionSet)]
    public SwitchParameter Logout { get; set; }

    /// <summary>Gives what was achieved, at the server and here.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override object? Target => Session is { Length: 1 } ? Session[0].Authority : base.Target;

    private protected override bool HasSeveralItems => Session is { Length: > 1 } || base.HasSeveralItems;

    private protected override void Run()
    {
        if (ParameterSetName == SessionSet)
        {
            foreach (AuthSession session in Session ?? [NamedSession()])
            {
                Guard(() => Revoke(session));
            }

            return;
        }

        if (ParameterSetName == SubjectSet)
        {
            if (ShouldProcess(ClientId is null ? $"everything of {Subject}" : $"everything of {Subject} at {ClientId}", "Revoke the tokens"))
            {
                Show(Wait(new ValueTask<RevocationResult>(Issuer!.RevokeAllAsync(Subject!, ClientId, StopToken))), Issuer.Name);
            }

            return;
        }

        TokenArgument token = TokenArgument.Read(Token);
        if (token.Owner is { } owner && ReferenceEquals(owner.Session.Token, owner))
        {
            Revoke(owner.Session);
        }
        else if (ShouldProcess(token.Owner?.ToString() ?? "the given token", "Revoke"))
        {
            TokenRequest request = token.Owner?.Session.Request ?? Request();
            Show(Wait(new ValueTask<RevocationResult>(Engine.RevokeTokenAsync(Sessions, request, token.Value, Log, StopToken))), request.Authority);
        }
    }

    private protected override TokenRequest Request() => base.Request() with
    {
        ClientId = ClientId,
        Client = ClientProof.Read(this, ClientSecret, ClientCertificate, ClientKey, ClientKeyPassword, ClientAuthentication),
    };

    private AuthSession NamedSession() => Request() is { NamesNothing: false } request
        ? Engine.FindSession(Sessions, request)
        : AuthEngine.RequireCurrent(Sessions);

    private void Revoke(AuthSession session)
    {
        if (ShouldProcess(session.ToString(), LocalOnly ? "Forget the tokens here" : "Revoke the tokens"))
        {
            Reach(session);
            Show(
                Wait(new ValueTask<RevocationResult>(Logout && !LocalOnly
                    ? Engine.LogoutAsync(Sessions, session, Log, StopToken)
                    : Engine.RevokeAsync(Sessions, session, LocalOnly, Log, StopToken))),
                session.Authority);
        }
    }

    private void Show(RevocationResult result, string? service)
    {
        if (PassThru)
        {
            WriteObject(result);
        }

        if (result.Failure is { } failure)
        {
            // Not the end of the call: what could be done here is done.
            WriteError(ErrorRecords.Of(failure, service));
        }
        else if (!PassThru && (result.AccessToken == RevocationOutcome.Unsupported || result.RefreshToken == RevocationOutcome.Unsupported))
        {
            WriteWarning(result.Message);
        }
        else
        {
            WriteVerbose(result.Message);
        }
    }
}
