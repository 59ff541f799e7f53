using System;
using System.Collections.Generic;

namespace AuthModule.Errors;

/// <summary>One row per error id: its exception, whether time or a person heals it, and what to do next.</summary>
internal static class ErrorCatalog
{
    private enum Kind
    {
        Authentication,
        Expired,
        Validation,
        Configuration,
        Service,
    }

    [Flags]
    private enum Trait
    {
        None = 0,
        Transient = 1,
        NeedsPerson = 2,
    }

    private static readonly Dictionary<string, Row> Rows = new(StringComparer.Ordinal)
    {
        [AuthErrorId.InvalidCredentials] = new(Kind.Authentication, "Check the user name and the password. Repeating with the same ones can lock the account."),
        [AuthErrorId.InvalidClient] = new(Kind.Authentication, "Check the client id and the secret, and that this client may use this grant."),
        [AuthErrorId.AccountLocked] = new(Kind.Authentication, "Wait until the lock ends or ask an administrator to unlock the account; do not retry before."),
        [AuthErrorId.MfaRequired] = new(Kind.Authentication, "Sign in again with the second factor: -Otp with the current code.", Trait.NeedsPerson),
        [AuthErrorId.InvalidOtp] = new(Kind.Authentication, "Take a fresh code and check this machine's clock; a code works once.", Trait.NeedsPerson),
        [AuthErrorId.AccessDenied] = new(Kind.Authentication, "Ask the service's administrator to allow this to the account or client."),
        [AuthErrorId.InteractionRequired] = new(Kind.Authentication, "Sign in with -Interactive or -DeviceCode where a person can act.", Trait.NeedsPerson),
        [AuthErrorId.UnsupportedGrant] = new(Kind.Authentication, "Use another way to sign in, or let the administrator allow this grant to the client."),
        [AuthErrorId.InvalidScope] = new(Kind.Authentication, "Ask only for scopes that the service offers and that this client may have."),
        [AuthErrorId.InvalidRequest] = new(Kind.Authentication, "Compare the address and the parameters with what the service documents."),
        [AuthErrorId.RateLimited] = new(Kind.Authentication, "Wait for the time that the service names, then call again.", Trait.Transient),

        [AuthErrorId.TokenExpired] = new(Kind.Expired, "Get a new token: Get-AuthToken -ForceRefresh."),
        [AuthErrorId.RefreshTokenExpired] = new(Kind.Expired, "Sign in again: call Get-AuthToken with credentials."),
        [AuthErrorId.DeviceCodeExpired] = new(Kind.Expired, "Start again and enter the code before it runs out.", Trait.NeedsPerson),
        [AuthErrorId.AuthorizationExpired] = new(Kind.Expired, "Start again with a new authorization request.", Trait.NeedsPerson),

        [AuthErrorId.TokenMalformed] = new(Kind.Validation, "Pass the token exactly as the service issued it, without quotes or 'Bearer'."),
        [AuthErrorId.SignatureInvalid] = new(Kind.Validation, "Do not accept this token: it was changed, or another party signed it."),
        [AuthErrorId.AlgorithmNotAllowed] = new(Kind.Validation, "Do not accept this token: its algorithm is not one that its key may use."),
        [AuthErrorId.KeyNotFound] = new(Kind.Validation, "Check that -Authority names the issuer of this token; its keys do not include the token's."),
        [AuthErrorId.IssuerMismatch] = new(Kind.Validation, "Name the token's issuer in -Authority or -Issuer, or do not accept the token."),
        [AuthErrorId.AudienceMismatch] = new(Kind.Validation, "This token is meant for somebody else; ask for one with this audience."),
        [AuthErrorId.ClientMismatch] = new(Kind.Validation, "This token was issued to another client; do not accept it for this one."),
        [AuthErrorId.TokenNotYetValid] = new(Kind.Validation, "Compare the clocks of this machine and of the issuer, or allow more -ClockSkew."),
        [AuthErrorId.TokenUseMismatch] = new(Kind.Validation, "Pass a token of the kind that is asked for (-TokenUse access, id or any)."),
        [AuthErrorId.InsufficientScope] = new(Kind.Validation, "Ask for a token with the missing scope."),
        [AuthErrorId.ClaimMismatch] = new(Kind.Validation, "This token lacks a claim, a group or a rule that is required here."),
        [AuthErrorId.TokenInactive] = new(Kind.Validation, "The token was revoked, has run out or was never issued: get a new one."),
        [AuthErrorId.StateMismatch] = new(Kind.Validation, "Start the sign-in again; do not use this reply, it answers another request."),
        [AuthErrorId.NonceMismatch] = new(Kind.Validation, "Start the sign-in again; do not use this reply, it answers another request."),
        [AuthErrorId.TokenReused] = new(Kind.Validation, "A refresh token was used twice: sign in again, and look for who else holds it."),

        [AuthErrorId.MissingParameter] = new(Kind.Configuration, "Give the parameter, or set it in a profile or by environment."),
        [AuthErrorId.InvalidUrl] = new(Kind.Configuration, "Give a host name or an http(s) address without query, fragment and user name."),
        [AuthErrorId.InsecureUrl] = new(Kind.Configuration, "Use https, or -AllowInsecureHttp where you accept that everyone on the way can read the credentials."),
        [AuthErrorId.UnknownProvider] = new(Kind.Configuration, "Get-AuthProvider lists the known ones; Register-AuthProvider adds your own."),
        [AuthErrorId.InvalidProvider] = new(Kind.Configuration, "Correct the description at the place that is named; docs/providers.md describes every field."),
        [AuthErrorId.InvalidProfile] = new(Kind.Configuration, "Correct the profile file at the place that is named."),
        [AuthErrorId.NoSession] = new(Kind.Configuration, "Call Get-AuthToken with an authority and credentials first, or pass -Session."),
        [AuthErrorId.InvalidDuration] = new(Kind.Configuration, "Write a number and one of s, m, h, d, w, y: 30m, 12h, 7d."),
        [AuthErrorId.InvalidCertificate] = new(Kind.Configuration, "Give a readable certificate with its private key, inside its validity."),
        [AuthErrorId.InvalidKey] = new(Kind.Configuration, "Give a readable key (PEM, JWK or PFX) of a kind that the algorithm needs."),

        [AuthErrorId.NetworkFailure] = new(Kind.Service, "Check the name, the network and the proxy, then call again: Test-AuthService goes through it step by step.", Trait.Transient),
        [AuthErrorId.Timeout] = new(Kind.Service, "Call again later, or allow more time with -TimeoutSec.", Trait.Transient),
        [AuthErrorId.TlsFailure] = new(Kind.Service, "Check the server's certificate; for a private authority give -CaCertificate."),
        [AuthErrorId.DiscoveryFailed] = new(Kind.Service, "Check -Authority; where the service has no discovery, use -Provider oauth2 with -TokenEndpoint."),
        [AuthErrorId.MalformedResponse] = new(Kind.Service, "Check that the address is the service's own and not a login page, a proxy or another product."),
        [AuthErrorId.ServerError] = new(Kind.Service, "The service has a fault: call again later, and give its operator the request id.", Trait.Transient),
        [AuthErrorId.RedirectRefused] = new(Kind.Service, "Use the address that the service redirects to, if you trust it: credentials are never sent along a redirect."),
        [AuthErrorId.StoreUnavailable] = new(Kind.Service, "Check that the store can be reached and written to.", Trait.Transient),
        [AuthErrorId.StoreCorrupt] = new(Kind.Service, "The damaged file was kept aside; sign in again to fill a new one."),
        [AuthErrorId.Canceled] = new(Kind.Service, "Nothing was changed; call again.", Trait.Transient),
    };

    public static IEnumerable<string> Ids => Rows.Keys;

    public static string Advice(string id) => Rows[id].Advice;

    public static bool IsTransient(string id) => (Rows[id].Trait & Trait.Transient) != 0;

    public static bool IsInteractionRequired(string id) => (Rows[id].Trait & Trait.NeedsPerson) != 0;

    /// <summary>Makes the exception that belongs to an id.</summary>
    public static AuthException Create(string id, string message, ErrorDetails details) => Rows[id].Kind switch
    {
        Kind.Authentication => new AuthenticationException(id, message, details),
        Kind.Expired => new TokenExpiredException(id, message, details),
        Kind.Validation => new TokenValidationException(id, message, details),
        Kind.Configuration => new ConfigurationException(id, message, details),
        _ => new AuthServiceException(id, message, details),
    };

    private sealed record Row(Kind Kind, string Advice, Trait Trait = Trait.None);
}
