using System;
using System.Collections.Generic;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using AuthModule.Runspaces;

namespace AuthModule;

/// <summary>
/// Runs when the module is imported and removed. A runspace that removes it loses its sessions; with the last runspace go the
/// connections and caches of the process. Importing it again starts anew.
/// </summary>
public sealed class ModuleLifetime : IModuleAssemblyInitializer, IModuleAssemblyCleanup
{
    private static readonly List<WeakReference<Runspace>> Users = [];

    /// <inheritdoc/>
    public void OnImport()
    {
        if (Runspace.DefaultRunspace is { } runspace)
        {
            lock (Users)
            {
                Leave(runspace);
                Users.Add(new WeakReference<Runspace>(runspace));
            }
        }
    }

    /// <inheritdoc/>
    public void OnRemove(PSModuleInfo psModuleInfo)
    {
        RunspaceSessions.Forget(Runspace.DefaultRunspace);
        lock (Users)
        {
            Leave(Runspace.DefaultRunspace);
            if (Users.Count == 0)
            {
                AuthEngine.Shared.Release();
            }
        }
    }

    // With those that ended without removing anything.
    private static void Leave(Runspace? leaving) => Users.RemoveAll(user =>
        !user.TryGetTarget(out Runspace? runspace)
        || ReferenceEquals(runspace, leaving)
        || runspace.RunspaceStateInfo.State is RunspaceState.Closed or RunspaceState.Broken);
}
