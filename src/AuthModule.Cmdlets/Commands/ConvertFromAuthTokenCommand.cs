using System.Management.Automation;
using AuthModule.Arguments;
using AuthModule.Jose.Tokens;

namespace AuthModule.Commands;

/// <summary>Takes a JWT apart for reading. Proves nothing: Test-AuthToken does.</summary>
[Cmdlet(VerbsData.ConvertFrom, "AuthToken")]
[OutputType(typeof(DecodedToken))]
public sealed class ConvertFromAuthTokenCommand : AsyncCommand
{
    /// <summary>Tokens: AuthToken, SecureString or string.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    public object[] Token { get; set; } = [];

    // Not the token: whoever reads the record could use it.
    private protected override object? Target => "-Token";

    private protected override bool HasSeveralItems => Token.Length > 1 || base.HasSeveralItems;

    private protected override void Run()
    {
        foreach (object token in Token)
        {
            Guard(() => WriteObject(JwtDecoder.Decode(TokenArgument.Read(token).Value.Reveal())));
        }
    }
}
