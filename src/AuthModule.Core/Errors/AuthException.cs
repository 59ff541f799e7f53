using System;
using System.Collections.Generic;
using AuthModule.Errors;

namespace AuthModule;

/// <summary>
/// The base of every failure of this module. Holds no secret: messages, <see cref="Exception.Data"/> and
/// <see cref="ToJson"/> can be logged as they are.
/// </summary>
public abstract class AuthException : Exception
{
    private protected AuthException(string code, string message, ErrorDetails details)
        : base(VisibleText.Of(message), VisibleCause.Of(details.Cause))
    {
        Code = code;
        Details = details.Visible();
    }

    /// <summary>The stable id, one of <see cref="AuthErrorId"/>.</summary>
    public string Code { get; }

    /// <summary>The HTTP status of the reply that was refused; null when there was none.</summary>
    public int? StatusCode => Details.StatusCode;

    /// <summary>The server's <c>error</c> code (RFC 6749, section 5.2); null when it sent none.</summary>
    public string? OAuthError => Details.OAuthError;

    /// <summary>The server's own explanation, freed of anything secret that it echoed and of what would steer a terminal; null when it sent none.</summary>
    public string? OAuthErrorDescription => Details.OAuthErrorDescription;

    /// <summary>How long the server asks to wait (<c>Retry-After</c>), from the time of the reply; null when not told.</summary>
    public TimeSpan? RetryAfter => Details.RetryAfter;

    /// <summary>The rate-limit headers of the reply; null when it had none.</summary>
    public RateLimit? RateLimit => Details.RateLimit;

    /// <summary>
    /// The second factors that the service offers, in its own words (<c>totp</c>, <c>push</c>), with <c>MfaRequired</c>; empty
    /// where it does not say, and with every other id.
    /// </summary>
    public IReadOnlyList<string> MfaMethods => Details.MfaMethods;

    /// <summary>The same call may succeed later without a change.</summary>
    public bool IsTransient => Details.IsTransient ?? ErrorCatalog.IsTransient(Code);

    /// <summary>A person has to act (sign in, consent, a second factor) before the call can succeed.</summary>
    public bool IsInteractionRequired => ErrorCatalog.IsInteractionRequired(Code);

    /// <summary>The request id that was sent with the request and that the server's log may show; null when nothing was sent.</summary>
    public string? CorrelationId => Details.CorrelationId;

    /// <summary>The service that took part, as a name or address; null when none did.</summary>
    public string? Service => Details.Service;

    /// <summary>What to do next, one or two sentences.</summary>
    public string RecommendedAction => Details.Action ?? ErrorCatalog.Advice(Code);

    internal ErrorDetails Details { get; }

    /// <summary>The failure as one JSON object, for logs and for callers in other languages. Fields that are not known are left out.</summary>
    public string ToJson()
    {
        var fields = new Dictionary<string, object?>
        {
            ["code"] = Code,
            ["type"] = GetType().Name,
            ["message"] = Message,
            ["recommendedAction"] = RecommendedAction,
            ["service"] = Service,
            ["statusCode"] = StatusCode,
            ["error"] = OAuthError,
            ["errorDescription"] = OAuthErrorDescription,
            ["mfaMethods"] = MfaMethods.Count == 0 ? null : MfaMethods,
            ["retryAfterSeconds"] = RetryAfter?.TotalSeconds,
            ["isTransient"] = IsTransient,
            ["isInteractionRequired"] = IsInteractionRequired,
            ["correlationId"] = CorrelationId,
        };
        return AuthModule.Text.JsonText.WriteObject(fields);
    }
}
