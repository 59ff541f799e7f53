using System;
using System.Management.Automation;
using AuthModule.Errors;

namespace AuthModule.Arguments;

/// <summary>Paths as a PowerShell user means them: from the current location, <c>~</c> and drives included; no wildcards.</summary>
internal static class Paths
{
    /// <exception cref="ConfigurationException">The given id: the path is not one of the file system.</exception>
    public static string Resolve(PSCmdlet cmdlet, string path, string parameter, string errorId)
    {
        try
        {
            string resolved = cmdlet.SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out ProviderInfo provider, out _);
            return provider.Name == "FileSystem" ? resolved : throw NotAFile(path, parameter, errorId, null);
        }
        catch (Exception cause) when (cause is ProviderNotFoundException or DriveNotFoundException or ProviderInvocationException or NotSupportedException)
        {
            throw NotAFile(path, parameter, errorId, cause);
        }
    }

    private static AuthException NotAFile(string path, string parameter, string errorId, Exception? cause) => AuthError.Create(
        errorId,
        $"{parameter} '{path}' is not a path of the file system.",
        new AuthModule.Errors.ErrorDetails { Action = "Give the path of a file.", Cause = cause });
}
