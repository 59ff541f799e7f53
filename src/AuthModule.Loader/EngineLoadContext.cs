#if !NETSTANDARD2_0
using System.IO;
using System.Reflection;
using System.Runtime.Loader;

namespace AuthModule.Loader;

/// <summary>Loads what lies in the engine's folder from there; everything else, the framework and PowerShell, is the host's.</summary>
internal sealed class EngineLoadContext(string folder) : AssemblyLoadContext("AuthModule")
{
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        string path = Path.Combine(folder, assemblyName.Name + ".dll");
        return File.Exists(path) ? LoadFromAssemblyPath(path) : null;
    }
}
#endif
