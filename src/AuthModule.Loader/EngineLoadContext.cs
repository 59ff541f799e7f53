#if !NETSTANDARD2_0
using System;
using System.IO;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace AuthModule.Loader;

/// <summary>Loads what lies in the engine's folder from there; everything else, the framework and PowerShell, is the host's.</summary>
internal sealed class EngineLoadContext(string folder) : AssemblyLoadContext("AuthModule")
{
    // A packed module holds images that are compiled for common platforms. A runtime that cannot use one compiles the code in it.
    private readonly string[] folders = [Path.Combine(folder, Platform), folder];

    private static string Platform =>
        (OperatingSystem.IsWindows() ? "win-" : OperatingSystem.IsMacOS() ? "osx-" : "linux-")
        + RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant();

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        foreach (string place in folders)
        {
            string path = Path.Combine(place, assemblyName.Name + ".dll");
            if (File.Exists(path))
            {
                return LoadFromAssemblyPath(path);
            }
        }

        return null;
    }
}
#endif
