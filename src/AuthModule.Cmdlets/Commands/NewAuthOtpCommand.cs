using System;
using System.Management.Automation;
using System.Security;
using AuthModule.Accounts.SecondFactors;

namespace AuthModule.Commands;

/// <summary>The one-time code of a secret (RFC 6238), now or at a time.</summary>
[Cmdlet(VerbsCommon.New, "AuthOtp")]
[OutputType(typeof(string))]
public sealed class NewAuthOtpCommand : AsyncCommand
{
    /// <summary>The shared secret in base32, or a whole otpauth address.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ValidateNotNull]
    public SecureString? Secret { get; set; }

    /// <summary>The time of the code; now where it is not given.</summary>
    [Parameter]
    public DateTimeOffset? At { get; set; }

    /// <summary>How many digits; what the address says, else six.</summary>
    [Parameter]
    [ValidateRange(6, 8)]
    public int? Digits { get; set; }

    /// <summary>For how many seconds a code is shown; what the address says, else thirty.</summary>
    [Parameter]
    [ValidateRange(1, 3600)]
    public int? Period { get; set; }

    /// <summary>The hash; what the address says, else SHA1, which authenticator apps expect.</summary>
    [Parameter]
    [ValidateSet("SHA1", "SHA256", "SHA512")]
    public string? Algorithm { get; set; }

    private protected override object? Target => "-Secret";

    private protected override void Run() => WriteObject(
        TotpSource.Read(AuthModule.Secrets.Secret.From(Secret)!, Algorithm, Digits, Period).CodeAt(At ?? Engine.Clock.GetUtcNow()));
}
