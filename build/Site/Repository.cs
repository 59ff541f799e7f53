using System.IO;

namespace AuthModule.Site;

/// <summary>The clone that the pages come from.</summary>
internal static class Repository
{
    /// <exception cref="DirectoryNotFoundException">No folder above holds AuthModule.psd1.</exception>
    public static string Find(string start)
    {
        for (DirectoryInfo? folder = new(start); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "AuthModule.psd1")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException($"No folder above {start} holds AuthModule.psd1.");
    }
}
