using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;

namespace AuthModule.Core.Tests.Support;

/// <summary>Installs what a folder's package-lock.json names, once for all test processes.</summary>
internal static class NodePackages
{
    private const int OldestNode = 20;

    private static readonly TimeSpan InstallLimit = TimeSpan.FromMinutes(4);
    private static readonly TimeSpan LockPause = TimeSpan.FromMilliseconds(250);

    /// <returns>Why it cannot be used; null when all is there.</returns>
    public static async Task<string?> PrepareAsync(string folder)
    {
        if (await Program.RunAsync("node", ["--version"], folder, TimeSpan.FromSeconds(30)) is not { ExitCode: 0 } node)
        {
            return $"there is no node (version {OldestNode} or later) on PATH";
        }

        string version = node.Output.Trim().TrimStart('v');
        if (!int.TryParse(version.Split('.')[0], out int major) || major < OldestNode)
        {
            return $"the node on PATH is {version}, {OldestNode} or later is needed";
        }

        if (IsInstalled(folder))
        {
            return null;
        }

        using FileStream held = await LockAsync(Path.Combine(folder, ".install.lock"));
        return IsInstalled(folder) ? null : await InstallAsync(folder);
    }

    // npm writes its own copy of the lock file last: a broken-off installation has none.
    private static bool IsInstalled(string folder)
    {
        string installed = Path.Combine(folder, "node_modules", ".package-lock.json");
        return File.Exists(installed) && File.GetLastWriteTimeUtc(installed) >= File.GetLastWriteTimeUtc(Path.Combine(folder, "package-lock.json"));
    }

    private static async Task<string?> InstallAsync(string folder)
    {
        (int ExitCode, string Output, string Errors)? npm = await Program.RunAsync(
            "npm",
            ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error", "--fetch-retries=1", "--fetch-timeout=60000"],
            folder,
            InstallLimit);
        return npm switch
        {
            null => "there is no npm on PATH to install its packages",
            { ExitCode: 0 } => null,
            { } failed => $"npm ci failed with {failed.ExitCode}: {failed.Errors.Split('\n').FirstOrDefault(line => line.Length > 0)?.Trim()}",
        };
    }

    private static async Task<FileStream> LockAsync(string path)
    {
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
            }
            catch (IOException)
            {
                // Another test process installs; it is bounded by its own limit.
                await Task.Delay(LockPause);
            }
        }
    }
}
