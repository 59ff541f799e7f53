using System.Management.Automation;
using System.Threading.Tasks;
using AuthModule.Accounts.SecondFactors;
using AuthModule.Arguments;

namespace AuthModule.Commands;

/// <summary>Starts a second factor of the account. It counts once it is confirmed: Confirm-AuthMfa.</summary>
[Cmdlet(VerbsLifecycle.Register, "AuthMfa", SupportsShouldProcess = true)]
[OutputType(typeof(MfaEnrollment))]
public sealed class RegisterAuthMfaCommand : SessionCommand
{
    /// <summary>Which kind.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    public MfaMethod Method { get; set; }

    /// <summary>Where the text message goes, with the country's code.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? PhoneNumber { get; set; }

    /// <summary>Where the mail goes; the account's own where it is not given.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? EmailAddress { get; set; }

    /// <summary>What an authenticator app calls the service.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? AppName { get; set; }

    /// <summary>Who issues the factor, as an authenticator app shows it.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? IssuerName { get; set; }

    /// <summary>A PNG file to write the QR code to. It holds the secret: remove it afterwards.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? QrPath { get; set; }

    private protected override void Run()
    {
        AuthSession session = SessionOrCurrent;
        var wish = new MfaRegistration(Method)
        {
            PhoneNumber = PhoneNumber,
            EmailAddress = EmailAddress,
            AppName = AppName,
            IssuerName = IssuerName,
            QrPath = QrPath is null ? null : Paths.Resolve(this, QrPath, "-QrPath", AuthErrorId.InvalidRequest),
        };
        if (ShouldProcess(session.Authority, $"Enrol a second factor ({Method})"))
        {
            WriteObject(Wait(new ValueTask<MfaEnrollment>(Engine.Mfa.RegisterAsync(session, wish, Log, StopToken))));
        }
    }
}
