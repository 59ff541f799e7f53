namespace AuthModule;

/// <summary>
/// The stable ids of every failure. A script branches on them: they are <see cref="AuthException.Code"/> and the first
/// part of a PowerShell record's <c>FullyQualifiedErrorId</c>. An id is never renamed.
/// </summary>
public static class AuthErrorId
{
#pragma warning disable CS1591 // The name is the documentation; docs/errors.md has the page for each.
    public const string InvalidCredentials = nameof(InvalidCredentials);
    public const string InvalidClient = nameof(InvalidClient);
    public const string AccountLocked = nameof(AccountLocked);
    public const string MfaRequired = nameof(MfaRequired);
    public const string InvalidOtp = nameof(InvalidOtp);
    public const string AccessDenied = nameof(AccessDenied);
    public const string InteractionRequired = nameof(InteractionRequired);
    public const string UnsupportedGrant = nameof(UnsupportedGrant);
    public const string InvalidScope = nameof(InvalidScope);
    public const string InvalidRequest = nameof(InvalidRequest);
    public const string RateLimited = nameof(RateLimited);

    public const string TokenExpired = nameof(TokenExpired);
    public const string RefreshTokenExpired = nameof(RefreshTokenExpired);
    public const string DeviceCodeExpired = nameof(DeviceCodeExpired);
    public const string AuthorizationExpired = nameof(AuthorizationExpired);

    public const string TokenMalformed = nameof(TokenMalformed);
    public const string SignatureInvalid = nameof(SignatureInvalid);
    public const string AlgorithmNotAllowed = nameof(AlgorithmNotAllowed);
    public const string KeyNotFound = nameof(KeyNotFound);
    public const string IssuerMismatch = nameof(IssuerMismatch);
    public const string AudienceMismatch = nameof(AudienceMismatch);
    public const string ClientMismatch = nameof(ClientMismatch);
    public const string TokenNotYetValid = nameof(TokenNotYetValid);
    public const string TokenUseMismatch = nameof(TokenUseMismatch);
    public const string InsufficientScope = nameof(InsufficientScope);
    public const string ClaimMismatch = nameof(ClaimMismatch);
    public const string TokenInactive = nameof(TokenInactive);
    public const string StateMismatch = nameof(StateMismatch);
    public const string NonceMismatch = nameof(NonceMismatch);
    public const string TokenReused = nameof(TokenReused);

    public const string MissingParameter = nameof(MissingParameter);
    public const string InvalidUrl = nameof(InvalidUrl);
    public const string InsecureUrl = nameof(InsecureUrl);
    public const string UnknownProvider = nameof(UnknownProvider);
    public const string InvalidProvider = nameof(InvalidProvider);
    public const string InvalidProfile = nameof(InvalidProfile);
    public const string NoSession = nameof(NoSession);
    public const string InvalidDuration = nameof(InvalidDuration);
    public const string InvalidCertificate = nameof(InvalidCertificate);
    public const string InvalidKey = nameof(InvalidKey);

    public const string NetworkFailure = nameof(NetworkFailure);
    public const string Timeout = nameof(Timeout);
    public const string TlsFailure = nameof(TlsFailure);
    public const string DiscoveryFailed = nameof(DiscoveryFailed);
    public const string MalformedResponse = nameof(MalformedResponse);
    public const string ServerError = nameof(ServerError);
    public const string RedirectRefused = nameof(RedirectRefused);
    public const string StoreUnavailable = nameof(StoreUnavailable);
    public const string StoreCorrupt = nameof(StoreCorrupt);
    public const string Canceled = nameof(Canceled);
#pragma warning restore CS1591
}
