using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Errors;
using AuthModule.Interaction;
using AuthModule.Operations;
using AuthModule.Secrets;
using AuthModule.Telemetry;

namespace AuthModule.Accounts.SecondFactors;

/// <summary>Enrols and confirms second factors at a service whose provider describes how.</summary>
internal sealed class MfaService(SessionOperation operations)
{
    /// <exception cref="ConfigurationException">MissingParameter: no phone number for a text message.</exception>
    public async Task<MfaEnrollment> RegisterAsync(AuthSession session, MfaRegistration wish, ICallLog log, CancellationToken cancellationToken)
    {
        ReplyResult reply = await operations.RunAsync(
            session,
            "mfaRegister" + wish.Method,
            "enrolment of a second factor",
            needsJson: true,
            values =>
            {
                values.Set("method", wish.Method.ToString());
                values.Set("phoneNumber", wish.PhoneNumber is { } typed ? PhoneNumber.Normalize(typed) : null);
                values.Set("emailAddress", wish.EmailAddress);
                values.Set("appName", wish.AppName);
                values.Set("issuerName", wish.IssuerName);
            },
            log,
            cancellationToken).ConfigureAwait(false);
        Secret? uri = Secret.FromOptional(reply.Text("uri"));
        if (wish.Method == MfaMethod.Totp && reply.Text("secret") is null)
        {
            throw AuthError.Create(
                AuthErrorId.MalformedResponse,
                $"{session.Authority} answered the enrolment of a second factor with no secret.",
                new ErrorDetails { Service = session.Authority });
        }

        if (wish.QrPath is { } path && uri is not null)
        {
            QrCode.WritePng(uri.Reveal(), path);
        }

        return new MfaEnrollment(Secret.FromOptional(reply.Text("secret")), uri, [.. reply.Texts("backupCodes").Select(Secret.From)])
        {
            Method = wish.Method,
            Authority = session.Authority,
            Subject = session.Subject,
            QrPath = uri is null ? null : wish.QrPath,
            Message = VisibleText.OfOptional(reply.Text("message")),
        };
    }

    /// <summary>True when the service takes the code; a wrong one is false, everything else is an error.</summary>
    public async Task<bool> ConfirmAsync(AuthSession session, MfaMethod method, Secret code, ICallLog log, CancellationToken cancellationToken)
    {
        try
        {
            await operations.RunAsync(
                session, "mfaConfirm" + method, "confirmation of a second factor", needsJson: false, values => values.Set("otp", code), log, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (AuthenticationException wrong) when (wrong.Code == AuthErrorId.InvalidOtp)
        {
            log.Verbose(wrong.Message);
            return false;
        }
    }

    public async Task<MfaStatus> StatusAsync(AuthSession session, ICallLog log, CancellationToken cancellationToken)
    {
        ReplyResult reply = await operations.RunAsync(session, "mfaStatus", "status of the second factor", needsJson: true, _ => { }, log, cancellationToken).ConfigureAwait(false);
        var status = new MfaStatus
        {
            Authority = session.Authority,
            IsEnabled = reply.Flag("enabled"),
            Methods = VisibleText.OfValues(reply.Texts("methods")),
            BackupCodesLeft = reply.Number("backupCodesLeft"),
        };

        // Nothing known would look like nothing enrolled.
        return status.IsEnabled is not null || status.Methods.Length > 0 || status.BackupCodesLeft is not null
            ? status
            : throw AuthError.Create(
                AuthErrorId.MalformedResponse,
                $"{session.Authority} answered the status of the second factor with nothing that says it.",
                new ErrorDetails { Service = session.Authority });
    }
}

/// <summary>Which second factor to enrol, and with what.</summary>
internal sealed record MfaRegistration(MfaMethod Method)
{
    public string? PhoneNumber { get; init; }

    public string? EmailAddress { get; init; }

    public string? AppName { get; init; }

    public string? IssuerName { get; init; }

    public string? QrPath { get; init; }
}
