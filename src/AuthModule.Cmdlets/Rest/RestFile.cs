using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Errors;

namespace AuthModule.Rest;

/// <summary>Writes a reply to a file as it comes.</summary>
internal static class RestFile
{
    private const int BufferSize = 81920;

    /// <exception cref="AuthenticationException">InvalidRequest: it cannot be written.</exception>
    public static async Task<bool> SaveAsync(RestReply reply, string path, CancellationToken cancellationToken)
    {
        using Stream body = await reply.OpenBodyAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, BufferSize, useAsync: true);
            await RestOutput.CopyAsync(body, file, reply, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw Fail("-OutFile", path, "written", cause);
        }
    }

    public static AuthException Fail(string parameter, string path, string what, Exception cause) => AuthError.Create(
        AuthErrorId.InvalidRequest,
        $"{parameter} '{path}' cannot be {what}: {cause.Message.TrimEnd('.')}.",
        new ErrorDetails { Action = "Give the path of a file that you may use.", Cause = cause });
}
