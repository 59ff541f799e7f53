using System;
using System.IO;
using System.Threading;

namespace AuthModule.TestKit.Files;

/// <summary>A folder of a test's own that goes with it.</summary>
internal sealed class TestFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("authmodule-test-").FullName;

    public string File(string name) => System.IO.Path.Combine(Path, name);

    // A process that was killed a moment ago may still be writing its last file.
    public void Dispose()
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                Directory.Delete(Path, recursive: true);
                return;
            }
            catch (IOException) when (attempt < 50 && Directory.Exists(Path))
            {
                Thread.Sleep(20);
            }
        }
    }
}
