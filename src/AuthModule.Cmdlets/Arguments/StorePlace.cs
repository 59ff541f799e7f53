using System;
using System.Management.Automation;

namespace AuthModule.Arguments;

/// <summary>Reads <c>-Store</c>: the folder of <c>file:PATH</c> is meant from the current location.</summary>
internal static class StorePlace
{
    private const string File = "file:";

    /// <exception cref="ConfigurationException">InvalidUrl: the path is not one of the file system.</exception>
    public static string? Resolve(PSCmdlet cmdlet, string? store) =>
        store is not null && store.StartsWith(File, StringComparison.OrdinalIgnoreCase) && store.Length > File.Length && !store.StartsWith(File + "//", StringComparison.OrdinalIgnoreCase)
            ? File + Paths.Resolve(cmdlet, store.Substring(File.Length), "-Store", AuthErrorId.InvalidUrl)
            : store;
}
