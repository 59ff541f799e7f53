using System;
using System.IO;
using System.Management.Automation;
using System.Reflection;
#if !NETSTANDARD2_0
using System.Runtime.Loader;
#endif

namespace AuthModule.Loader;

/// <summary>
/// Runs when the module is imported, before its cmdlets are looked at: from then on the engine and its libraries come from the
/// module's own folder. On PowerShell 7 they live in a load context of their own, so that other modules keep their versions of
/// the same libraries; in Windows PowerShell only requests of this module are answered.
/// </summary>
public sealed class EngineLocator : IModuleAssemblyInitializer
{
    private const string Engine = "AuthModule.Core";

    private static readonly object Gate = new();
    private static readonly string Front = Path.GetDirectoryName(typeof(EngineLocator).Assembly.Location)!;
    private static readonly string Folder = Path.Combine(Front, "engine");
    private static bool isListening;

    /// <inheritdoc/>
    public void OnImport()
    {
        lock (Gate)
        {
            if (!isListening)
            {
                isListening = true;
                Listen();
            }
        }
    }

#if NETSTANDARD2_0
    private static void Listen() => AppDomain.CurrentDomain.AssemblyResolve += static (_, request) =>
    {
        // The engine is asked for by the cmdlets and by name; its libraries by whatever lies in the module's own folders.
        var wanted = new AssemblyName(request.Name);
        bool isOurs = wanted.Name == Engine
            || (request.RequestingAssembly is { IsDynamic: false } asking && asking.Location.StartsWith(Front + Path.DirectorySeparatorChar, StringComparison.OrdinalIgnoreCase));
        string path = Path.Combine(Folder, wanted.Name + ".dll");
        return isOurs && File.Exists(path) ? Assembly.LoadFrom(path) : null;
    };
#else
    private static readonly EngineLoadContext Context = new(Folder);

    private static void Listen() => AssemblyLoadContext.Default.Resolving += static (_, wanted) =>
        wanted.Name == Engine ? Context.LoadFromAssemblyName(wanted) : null;
#endif
}
