using System.Collections.Generic;
using System.Linq;
using System.Security;
using AuthModule.Secrets;

namespace AuthModule;

/// <summary>A second factor that was started and waits for its first code (<c>Confirm-AuthMfa</c>).</summary>
public sealed class MfaEnrollment
{
    private readonly Secret? secret;
    private readonly Secret? uri;
    private readonly IReadOnlyList<Secret> backupCodes;

    internal MfaEnrollment(Secret? secret, Secret? uri, IReadOnlyList<Secret> backupCodes)
    {
        this.secret = secret;
        this.uri = uri;
        this.backupCodes = backupCodes;
    }

    /// <summary>Which kind.</summary>
    public MfaMethod Method { get; internal init; }

    /// <summary>The service's address.</summary>
    public string Authority { get; internal init; } = string.Empty;

    /// <summary>Whose it is; null when not known.</summary>
    public string? Subject { get; internal init; }

    /// <summary>The base32 secret for an app and for <c>New-AuthOtp</c>, as a read-only copy; null for the other methods.</summary>
    public SecureString? Secret => secret?.ToSecureString();

    /// <summary>The otpauth address with the secret in it, as a read-only copy; null for the other methods.</summary>
    public SecureString? Uri => uri?.ToSecureString();

    /// <summary>Codes that work once each when the factor is lost, as read-only copies; empty where the service gives none.</summary>
    public SecureString[] BackupCodes => [.. backupCodes.Select(code => code.ToSecureString())];

    /// <summary>Where the QR code was written as a PNG; null when it was not.</summary>
    public string? QrPath { get; internal init; }

    /// <summary>What the service says; null when nothing.</summary>
    public string? Message { get; internal init; }

    internal Secret? PlainUri => uri;

    /// <summary>The QR code of <see cref="Uri"/> as text for a terminal. It holds the secret: show it to its owner only.</summary>
    public string ToQrText() => uri is null ? string.Empty : AuthModule.Interaction.QrCode.ToText(uri.Reveal());

    /// <inheritdoc/>
    public override string ToString() => $"{Method} enrolment at {Authority}";
}
