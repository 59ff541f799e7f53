using System;

namespace AuthModule.Errors;

/// <summary>
/// Stands for an exception of somebody else's whose words are not fit to be seen: libraries quote what a server sent them, and
/// whoever shows an error shows its causes.
/// </summary>
internal sealed class VisibleCause : Exception
{
    private VisibleCause(Exception cause)
        : base($"{cause.GetType().FullName}: {VisibleText.Of(cause.Message)}", Of(cause.InnerException)) => HResult = cause.HResult;

    /// <summary>The exception itself where it and its causes can be seen.</summary>
    public static Exception? Of(Exception? cause) => IsVisible(cause) ? cause : new VisibleCause(cause!);

    private static bool IsVisible(Exception? cause)
    {
        for (; cause is not null and not AuthException; cause = cause.InnerException)
        {
            if (!VisibleText.IsVisible(cause.Message))
            {
                return false;
            }
        }

        return true;
    }
}
