using System.Management.Automation;

namespace AuthModule.Commands;

/// <summary>Lists the sessions of this runspace.</summary>
[Cmdlet(VerbsCommon.Get, "AuthSession")]
[OutputType(typeof(AuthSession))]
public sealed class GetAuthSessionCommand : PSCmdlet
{
}
