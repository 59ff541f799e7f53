using System.Management.Automation;
using AuthModule.Arguments;
using AuthModule.Completion;

namespace AuthModule.Commands;

/// <summary>A cmdlet that acts at the service of a session, with its credential.</summary>
public abstract class SessionCommand : AsyncCommand
{
    /// <summary>The session; without it the current one.</summary>
    [Parameter(ValueFromPipeline = true)]
    [ValidateNotNull]
    [SessionArgument]
    [ArgumentCompleter(typeof(SessionCompleter))]
    public AuthSession? Session { get; set; }

    private protected override object? Target => Session?.Authority;

    private protected AuthSession SessionOrCurrent => Session ?? AuthEngine.RequireCurrent(Sessions);
}
