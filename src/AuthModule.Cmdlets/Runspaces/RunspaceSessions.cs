using System;
using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;
using AuthModule.Sessions;

namespace AuthModule.Runspaces;

/// <summary>
/// One table of sessions per runspace, so that scripts side by side do not change each other's current session. A table goes
/// with its runspace: when that is closed, and also when it is dropped without being closed.
/// </summary>
internal static class RunspaceSessions
{
    private static readonly ConditionalWeakTable<Runspace, SessionTable> Tables = new();
    private static readonly ConditionalWeakTable<Runspace, SessionTable>.CreateValueCallback Make = Create;

    /// <summary>That of the runspace whose pipeline thread this is.</summary>
    public static SessionTable Current => Tables.GetValue(Runspace.DefaultRunspace, Make);

    /// <summary>Null where this thread runs no pipeline or the runspace has no sessions: for tab completion, which must not fail.</summary>
    public static SessionTable? Existing => Of(Runspace.DefaultRunspace);

    public static SessionTable? Of(Runspace? runspace) =>
        runspace is not null && Tables.TryGetValue(runspace, out SessionTable? table) ? table : null;

    private static SessionTable Create(Runspace runspace)
    {
        runspace.StateChanged += ForgetClosed;
        return new SessionTable();
    }

    /// <summary>Lets go of a runspace's sessions; null is none.</summary>
    public static void Forget(Runspace? runspace)
    {
        if (runspace is not null)
        {
            runspace.StateChanged -= ForgetClosed;
            Tables.Remove(runspace);
        }
    }

    private static void ForgetClosed(object? sender, RunspaceStateEventArgs change)
    {
        if (change.RunspaceStateInfo.State is RunspaceState.Closed or RunspaceState.Broken)
        {
            Forget(sender as Runspace);
        }
    }
}
