using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json;
using AuthModule.Errors;
using AuthModule.Http;
using AuthModule.Providers;

namespace AuthModule.Operations;

/// <summary>Turns a refusal into an error with a stable id: the description's rules first, then the standards' codes, then the status.</summary>
internal static class ReplyErrors
{
    /// <summary>Behind the name of a grant: the request with a second factor's code.</summary>
    public const string ChallengeAnswer = ".answer";

    private const string InvalidGrant = "invalid_grant";

    private static readonly string[] ErrorMembers = ["error", "errors", "fault", "Error", "Errors", "Fault", "errorCode", "error_code", "errorMessage", "error_message"];

    private static readonly Dictionary<string, string> Codes = new()
    {
        // RFC 6749, sections 4.1.2.1 and 5.2
        ["invalid_request"] = AuthErrorId.InvalidRequest,
        ["invalid_client"] = AuthErrorId.InvalidClient,
        ["unauthorized_client"] = AuthErrorId.UnsupportedGrant,
        ["unsupported_grant_type"] = AuthErrorId.UnsupportedGrant,
        ["unsupported_response_type"] = AuthErrorId.UnsupportedGrant,
        ["invalid_scope"] = AuthErrorId.InvalidScope,
        ["access_denied"] = AuthErrorId.AccessDenied,
        ["server_error"] = AuthErrorId.ServerError,
        ["temporarily_unavailable"] = AuthErrorId.ServerError,

        // OpenID Connect Core, section 3.1.2.6
        ["interaction_required"] = AuthErrorId.InteractionRequired,
        ["login_required"] = AuthErrorId.InteractionRequired,
        ["consent_required"] = AuthErrorId.InteractionRequired,
        ["account_selection_required"] = AuthErrorId.InteractionRequired,

        // RFC 8628, RFC 8707, RFC 9449, RFC 6750
        ["expired_token"] = AuthErrorId.DeviceCodeExpired,
        ["invalid_target"] = AuthErrorId.InvalidRequest,
        ["invalid_dpop_proof"] = AuthErrorId.InvalidRequest,
        ["invalid_token"] = AuthErrorId.TokenInactive,
        ["insufficient_scope"] = AuthErrorId.InsufficientScope,

        // In wide use
        ["mfa_required"] = AuthErrorId.MfaRequired,
        ["slow_down"] = AuthErrorId.RateLimited,
        ["rate_limit_exceeded"] = AuthErrorId.RateLimited,
    };

    /// <summary>What a standard's error code means; null when no standard has it.</summary>
    public static string? KnownId(string code) => Codes.TryGetValue(code, out string? id) ? id : null;

    /// <summary>Whether a reply says no, whatever its status: some services refuse with 200 and an error in it.</summary>
    public static bool IsRefusal(ReplyDocument document, ErrorDescription errors, ReplyUse use) =>
        !document.Reply.IsSuccess
        || (errors.InSuccess is { } inSuccess && Conditions.Fit(document, inSuccess))
        || (use != ReplyUse.TokenThere && SaysNo(document))
        || (use == ReplyUse.TokenMissing && (SecondFactorAsked.In(document) || HasErrorMember(document) || ErrorText.IsError(ErrorText.Code(document, errors))));

    public static AuthException Read(ReplyDocument document, ErrorDescription errors, OperationCall call)
    {
        WireReply reply = document.Reply;
        string? code = ErrorText.Code(document, errors) is { } said ? ErrorText.Clean(said, reply) : null;
        string? text = ErrorText.Message(document, errors) is { } words ? ErrorText.Clean(words, reply) : null;
        string id = Id(document, errors, call, code, text);
        id = RefusalAdvice.IsWithoutProof(id, call) ? AuthErrorId.MissingParameter : id;
        IReadOnlyList<string> methods = id == AuthErrorId.MfaRequired ? [.. SecondFactorAsked.MethodsIn(document).Select(method => ErrorText.Clean(method, reply))] : [];
        return Create(id, document, call, code, text, methods);
    }

    /// <summary>The same for a reply that is known to ask for a second factor.</summary>
    public static AuthException SecondFactor(ReplyDocument document, OperationCall call, IReadOnlyList<string> methods, string? action) =>
        Create(AuthErrorId.MfaRequired, document, call, null, null, [.. methods.Select(method => ErrorText.Clean(method, document.Reply))], action);

    private static AuthException Create(
        string id, ReplyDocument document, OperationCall call, string? code, string? text, IReadOnlyList<string> methods, string? action = null) => AuthError.Create(
        id,
        Sentence(id, document.Reply, call, code, text, document.IsStructured ? null : document.Fault, methods),
        new ErrorDetails
        {
            Service = call.Service.DisplayName,
            StatusCode = document.Reply.Status,
            OAuthError = code,
            OAuthErrorDescription = text,
            RetryAfter = document.Reply.RetryAfter,
            CorrelationId = document.Reply.Request.RequestId,
            RateLimit = RateLimitHeaders.Read(document.Reply),
            MfaMethods = methods,
            Action = action ?? RefusalAdvice.For(id, document.Reply, call, code),
        });

    private static bool SaysNo(ReplyDocument document) =>
        IsFalse(document, "success") || IsFalse(document, "ok") || IsFalse(document, "succeeded")
        || (document.Root is { ValueKind: JsonValueKind.Object } root && root.TryGetProperty("error", out JsonElement error) && Conditions.IsThere(error)
            && error.ValueKind is JsonValueKind.String or JsonValueKind.Object or JsonValueKind.True);

    private static bool IsFalse(ReplyDocument document, string name) =>
        document.Root is { ValueKind: JsonValueKind.Object } root && root.TryGetProperty(name, out JsonElement value)
        && (value.ValueKind == JsonValueKind.False || (value.ValueKind == JsonValueKind.String && string.Equals(value.GetString(), "false", System.StringComparison.OrdinalIgnoreCase)));

    private static bool HasErrorMember(ReplyDocument document) =>
        document.Root is { ValueKind: JsonValueKind.Object } root
        && root.EnumerateObject().Any(member => ErrorMembers.Contains(member.Name) && Conditions.IsThere(member.Value));

    private static string Id(ReplyDocument document, ErrorDescription errors, OperationCall call, string? code, string? text)
    {
        WireReply reply = document.Reply;
        foreach (ErrorRule rule in errors.Rules)
        {
            if (rule.Fits(call.Name, reply.Status, code, text))
            {
                return rule.Id;
            }
        }

        string? known = code is null ? null : KnownId(code);
        if (known is not null && known is not (AuthErrorId.InvalidRequest or AuthErrorId.AccessDenied))
        {
            return known;
        }

        // The standards' general codes say less than the words behind them.
        if ((ErrorWords.OfCode(code, call.Name) is { } ofCode && code != InvalidGrant ? ofCode : ErrorWords.OfText(text)) is { } meant)
        {
            return meant;
        }

        if (code == InvalidGrant)
        {
            return GrantErrors.InvalidGrant(call.Name);
        }

        if (known is not null)
        {
            return known;
        }

        return SecondFactorAsked.In(document) ? AuthErrorId.MfaRequired : reply.Status switch
        {
            401 => GrantErrors.Unauthorized(call.Name),
            403 => AuthErrorId.AccessDenied,
            408 => AuthErrorId.Timeout,
            429 => AuthErrorId.RateLimited,
            >= 500 => AuthErrorId.ServerError,
            _ when call.Name.EndsWith(ChallengeAnswer, System.StringComparison.Ordinal) => AuthErrorId.InvalidOtp,
            >= 400 when document.Root is not null || document.Text is not null || reply.Body.Length == 0 => AuthErrorId.InvalidRequest,
            _ when document.Root is not null => AuthErrorId.InvalidRequest,
            _ => AuthErrorId.MalformedResponse,
        };
    }

    private static string Sentence(string id, WireReply reply, OperationCall call, string? code, string? text, string? fault, IReadOnlyList<string> methods)
    {
        string service = call.Service.DisplayName;
        string who = id == AuthErrorId.InvalidClient && call.ClientId is { } client ? $"client '{client}'" : $"the {call.Title}";
        var sentence = new StringBuilder();
        sentence.Append(id is AuthErrorId.ServerError
            ? $"{service} failed at {who}"
            : $"{service} refused {who}");
        if (id == AuthErrorId.MissingParameter)
        {
            sentence.Clear().Append(service).Append(" refused client '").Append(call.ClientId)
                .Append("', for which neither a secret nor another proof was given: ").Append(code ?? "no reason given");
        }
        else if (id == AuthErrorId.MfaRequired && code is null)
        {
            sentence.Clear().Append(service).Append(" asks for a second factor at ").Append(who);
        }
        else if (code is not null || text is null)
        {
            sentence.Append(": ").Append(code ?? (fault is null ? "no reason given" : $"it answered with {fault}"));
        }

        sentence.Append(" (").Append(reply.Status).Append(')');
        if (methods.Count > 0)
        {
            sentence.Append(". It offers: ").Append(string.Join(", ", methods));
        }

        if (text is not null && text != code)
        {
            sentence.Append(". It says: ").Append(text);
        }

        if (reply.RetryAfter is { } wait)
        {
            sentence.Append(sentence[sentence.Length - 1] == '.' ? " " : ". ")
                .Append("It asks to wait ").Append(System.Math.Ceiling(wait.TotalSeconds).ToString(System.Globalization.CultureInfo.InvariantCulture)).Append(" seconds");
        }

        if (sentence[sentence.Length - 1] != '.')
        {
            sentence.Append('.');
        }

        return sentence.ToString();
    }
}

/// <summary>What a reply is looked at for.</summary>
internal enum ReplyUse
{
    /// <summary>It confirms something.</summary>
    Operation,

    /// <summary>It has to bring a token, and does.</summary>
    TokenThere,

    /// <summary>It has to bring a token, and there is none where it should be.</summary>
    TokenMissing,
}
