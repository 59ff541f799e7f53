using System;
using System.Collections.Generic;
using System.Management.Automation;

namespace AuthModule.Reporting;

/// <summary>One row per error id: the category that PowerShell shows and that scripts can filter by.</summary>
internal static class ErrorCategories
{
    private static readonly Dictionary<string, ErrorCategory> Rows = new(StringComparer.Ordinal)
    {
        [AuthErrorId.InvalidCredentials] = ErrorCategory.AuthenticationError,
        [AuthErrorId.InvalidClient] = ErrorCategory.AuthenticationError,
        [AuthErrorId.AccountLocked] = ErrorCategory.AuthenticationError,
        [AuthErrorId.MfaRequired] = ErrorCategory.AuthenticationError,
        [AuthErrorId.InvalidOtp] = ErrorCategory.AuthenticationError,
        [AuthErrorId.AccessDenied] = ErrorCategory.PermissionDenied,
        [AuthErrorId.InteractionRequired] = ErrorCategory.AuthenticationError,
        [AuthErrorId.UnsupportedGrant] = ErrorCategory.InvalidOperation,
        [AuthErrorId.InvalidScope] = ErrorCategory.InvalidArgument,
        [AuthErrorId.InvalidRequest] = ErrorCategory.InvalidArgument,
        [AuthErrorId.RateLimited] = ErrorCategory.LimitsExceeded,

        [AuthErrorId.TokenExpired] = ErrorCategory.AuthenticationError,
        [AuthErrorId.RefreshTokenExpired] = ErrorCategory.AuthenticationError,
        [AuthErrorId.DeviceCodeExpired] = ErrorCategory.OperationTimeout,
        [AuthErrorId.AuthorizationExpired] = ErrorCategory.OperationTimeout,

        [AuthErrorId.TokenMalformed] = ErrorCategory.InvalidData,
        [AuthErrorId.SignatureInvalid] = ErrorCategory.SecurityError,
        [AuthErrorId.AlgorithmNotAllowed] = ErrorCategory.SecurityError,
        [AuthErrorId.KeyNotFound] = ErrorCategory.ObjectNotFound,
        [AuthErrorId.IssuerMismatch] = ErrorCategory.SecurityError,
        [AuthErrorId.AudienceMismatch] = ErrorCategory.SecurityError,
        [AuthErrorId.ClientMismatch] = ErrorCategory.SecurityError,
        [AuthErrorId.TokenNotYetValid] = ErrorCategory.InvalidData,
        [AuthErrorId.TokenUseMismatch] = ErrorCategory.SecurityError,
        [AuthErrorId.InsufficientScope] = ErrorCategory.PermissionDenied,
        [AuthErrorId.ClaimMismatch] = ErrorCategory.PermissionDenied,
        [AuthErrorId.TokenInactive] = ErrorCategory.AuthenticationError,
        [AuthErrorId.StateMismatch] = ErrorCategory.SecurityError,
        [AuthErrorId.NonceMismatch] = ErrorCategory.SecurityError,
        [AuthErrorId.TokenReused] = ErrorCategory.SecurityError,

        [AuthErrorId.MissingParameter] = ErrorCategory.InvalidArgument,
        [AuthErrorId.InvalidUrl] = ErrorCategory.InvalidArgument,
        [AuthErrorId.InsecureUrl] = ErrorCategory.SecurityError,
        [AuthErrorId.UnknownProvider] = ErrorCategory.ObjectNotFound,
        [AuthErrorId.InvalidProvider] = ErrorCategory.InvalidData,
        [AuthErrorId.InvalidProfile] = ErrorCategory.InvalidData,
        [AuthErrorId.NoSession] = ErrorCategory.ObjectNotFound,
        [AuthErrorId.InvalidDuration] = ErrorCategory.InvalidArgument,
        [AuthErrorId.InvalidCertificate] = ErrorCategory.InvalidArgument,
        [AuthErrorId.InvalidKey] = ErrorCategory.InvalidArgument,

        [AuthErrorId.NetworkFailure] = ErrorCategory.ConnectionError,
        [AuthErrorId.Timeout] = ErrorCategory.OperationTimeout,
        [AuthErrorId.TlsFailure] = ErrorCategory.SecurityError,
        [AuthErrorId.DiscoveryFailed] = ErrorCategory.ResourceUnavailable,
        [AuthErrorId.MalformedResponse] = ErrorCategory.ProtocolError,
        [AuthErrorId.ServerError] = ErrorCategory.ResourceUnavailable,
        [AuthErrorId.RedirectRefused] = ErrorCategory.SecurityError,
        [AuthErrorId.StoreUnavailable] = ErrorCategory.ResourceUnavailable,
        [AuthErrorId.StoreCorrupt] = ErrorCategory.InvalidData,
        [AuthErrorId.Canceled] = ErrorCategory.OperationStopped,
    };

    /// <summary>The category of an id of <see cref="AuthErrorId"/>.</summary>
    public static ErrorCategory Of(string id) => Rows[id];
}
