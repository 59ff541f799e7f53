using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Errors;
using AuthModule.Platform;
using AuthModule.Requests;
using AuthModule.Secrets;

namespace AuthModule.AssertionSources;

/// <summary>A file that the platform keeps current, e.g. a projected service account token.</summary>
internal sealed class FileAssertionSource(string path) : IAssertionSource, IPlacedSource
{
    private const int LongestAssertion = 256 * 1024;

    public string Name => "file:" + path;

    public string? Absence(IEnvironment environment) => AbsenceOf(path);

    public static string? AbsenceOf(string path) => File.Exists(path) ? null : $"there is no file {path}";

    public ValueTask<Secret> ReadAsync(AssertionQuery query, CancellationToken cancellationToken) => new(Read(path));

    /// <exception cref="AuthException">InvalidCredentials.</exception>
    public static Secret Read(string path)
    {
        try
        {
            if (new FileInfo(path) is { Exists: true, Length: > LongestAssertion })
            {
                throw Unusable(path, "it is too long to be an assertion", null);
            }

            string text = File.ReadAllText(path).Trim();
            return text.Length > 0 ? Secret.From(text) : throw Unusable(path, "it is empty", null);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw Unusable(path, cause.Message.TrimEnd('.'), cause);
        }
    }

    private static AuthException Unusable(string path, string fault, Exception? cause) => AuthError.Create(
        AuthErrorId.InvalidCredentials,
        $"The assertion file '{path}' cannot be used: {fault}.",
        new ErrorDetails { Action = "Check that the platform writes the file and that this account can read it.", Cause = cause });
}
