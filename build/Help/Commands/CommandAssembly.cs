using System.IO;
using System.Reflection;
using System.Runtime.Loader;

namespace AuthModule.Help.Commands;

/// <summary>Loads the cmdlets with the libraries beside them. PowerShell itself is its reference assembly, which this program brings.</summary>
internal sealed class CommandAssembly(string path) : AssemblyLoadContext("cmdlets")
{
    public Assembly Load() => LoadFromAssemblyPath(path);

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        string beside = Path.Combine(Path.GetDirectoryName(path)!, assemblyName.Name + ".dll");
        return File.Exists(beside) ? LoadFromAssemblyPath(beside) : null;
    }
}
