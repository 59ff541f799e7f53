using System;
using System.IO;

namespace AuthModule.Pester.Support;

/// <summary>The temporary folder of one run: whatever its tests and their killed processes leave goes with it.</summary>
internal sealed class RunFolder : IDisposable
{
    /// <summary>Where programs of Unix and of Windows look for their temporary folder.</summary>
    public static readonly string[] Variables = ["TMPDIR", "TMP", "TEMP"];

    public string Path { get; } = Directory.CreateTempSubdirectory("authmodule-pester-").FullName;

    public void Dispose()
    {
        try
        {
            Directory.Delete(Path, recursive: true);
        }
        catch (IOException)
        {
            // A process that was not ended in time still writes there; the system clears its temporary folder.
        }
    }
}
