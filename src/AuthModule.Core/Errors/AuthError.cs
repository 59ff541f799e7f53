using System;

namespace AuthModule.Errors;

/// <summary>The one place that makes exceptions: an id, a sentence that says what happened and to which service, and what is known.</summary>
internal static class AuthError
{
    public static AuthException Create(string id, string message, ErrorDetails? details = null) =>
        ErrorCatalog.Create(id, message, details ?? ErrorDetails.None);

    public static AuthException Create(string id, string message, string action) =>
        ErrorCatalog.Create(id, message, new ErrorDetails { Action = action });

    public static AuthException Missing(string parameter, string purpose) =>
        Create(AuthErrorId.MissingParameter, $"{parameter} is missing: {purpose}.");

    public static AuthException Canceled(string what, Exception? cause = null) =>
        Create(AuthErrorId.Canceled, $"{what} was canceled.", new ErrorDetails { Cause = cause });
}
