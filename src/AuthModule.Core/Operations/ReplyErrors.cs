using System.Collections.Generic;
using System.Text;
using System.Text.Json;
using AuthModule.Errors;
using AuthModule.Http;
using AuthModule.Json;
using AuthModule.Providers;

namespace AuthModule.Operations;

/// <summary>Turns a refusal into an error with a stable id: the description's rules first, then the standards' codes, then the status.</summary>
internal static class ReplyErrors
{
    private const int LongestQuote = 500;

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

    public static bool IsErrorInSuccess(JsonElement json, string path) => JsonPath.Find(json, path) is { } error && error.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.False or JsonValueKind.Undefined => false,
        JsonValueKind.String => error.GetString()!.Length > 0,
        JsonValueKind.Number => !error.TryGetDouble(out double number) || number != 0,
        _ => true,
    };

    public static AuthException Read(WireReply reply, ErrorDescription errors, OperationCall call)
    {
        JsonElement? json = JsonReply.TryRead(reply, out string fault);
        string? code = json is { } body ? Code(body, errors) : null;
        string? text = json is { } members ? Message(members, errors) : null;
        code = code is null ? null : Clean(code, reply);
        text = text is null ? null : Clean(text, reply);
        string id = Id(reply, errors, call, code, text, isJson: json is not null);
        return AuthError.Create(id, Sentence(id, reply, call, code, text, json is null ? fault : null), new ErrorDetails
        {
            Service = call.Service.DisplayName,
            StatusCode = reply.Status,
            OAuthError = code,
            OAuthErrorDescription = text,
            RetryAfter = reply.RetryAfter,
            CorrelationId = reply.Request.RequestId,
            RateLimit = RateLimitHeaders.Read(reply),
        });
    }

    private static string Id(WireReply reply, ErrorDescription errors, OperationCall call, string? code, string? text, bool isJson)
    {
        foreach (ErrorRule rule in errors.Rules)
        {
            if (rule.Fits(call.Name, reply.Status, code, text))
            {
                return rule.Id;
            }
        }

        if (code == "invalid_grant")
        {
            return GrantErrors.InvalidGrant(call.Name);
        }

        if (code is not null && Codes.TryGetValue(code, out string? known))
        {
            return known;
        }

        return reply.Status switch
        {
            401 => GrantErrors.Unauthorized(call.Name),
            403 => AuthErrorId.AccessDenied,
            408 => AuthErrorId.Timeout,
            429 => AuthErrorId.RateLimited,
            >= 500 => AuthErrorId.ServerError,
            >= 400 when isJson || reply.Body.Length == 0 => AuthErrorId.InvalidRequest,
            _ when isJson => AuthErrorId.InvalidRequest,
            _ => AuthErrorId.MalformedResponse,
        };
    }

    private static string Sentence(string id, WireReply reply, OperationCall call, string? code, string? text, string? fault)
    {
        string service = call.Service.DisplayName;
        string who = id == AuthErrorId.InvalidClient && call.ClientId is { } client ? $"client '{client}'" : $"the {call.Title}";
        var sentence = new StringBuilder();
        sentence.Append(id is AuthErrorId.ServerError
            ? $"{service} failed at {who}"
            : $"{service} refused {who}");
        sentence.Append(": ").Append(code ?? (fault is null ? "no reason given" : $"it answered with {fault}")).Append(" (").Append(reply.Status).Append(')');
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

    private static string? Code(JsonElement json, ErrorDescription errors)
    {
        foreach (string path in errors.Code)
        {
            if (JsonPath.Find(json, path) is { ValueKind: JsonValueKind.String or JsonValueKind.Number } value)
            {
                return JsonPath.Text(value);
            }
        }

        return null;
    }

    // A 422 is often a list of faults, each with a place and a message.
    private static string? Message(JsonElement json, ErrorDescription errors)
    {
        foreach (string path in errors.Message)
        {
            if (JsonPath.Find(json, path) is not { } value)
            {
                continue;
            }

            string? text = value.ValueKind == JsonValueKind.Array ? FaultList(value) : JsonPath.Text(value);
            if (!string.IsNullOrEmpty(text))
            {
                return text;
            }
        }

        return null;
    }

    private static string FaultList(JsonElement list)
    {
        var text = new StringBuilder();
        foreach (JsonElement item in list.EnumerateArray())
        {
            string? message = item.ValueKind == JsonValueKind.Object
                ? JsonPath.Text(item, ["msg", "message", "detail"])
                : JsonPath.Text(item);
            string? place = item.ValueKind == JsonValueKind.Object && JsonPath.Find(item, "loc") is { ValueKind: JsonValueKind.Array } path
                ? JsonPath.Text(path)!.Replace(' ', '.')
                : null;
            text.Append(text.Length == 0 ? string.Empty : "; ").Append(place is null ? message : $"{place}: {message}");
        }

        return text.ToString();
    }

    private static string Clean(string text, WireReply reply)
    {
        string scrubbed = reply.Request.Scrubber.Scrub(text);
        var clean = new StringBuilder();
        foreach (char c in scrubbed.Length > LongestQuote ? scrubbed.Substring(0, LongestQuote) : scrubbed)
        {
            // Terminals obey control characters; a server must not write to one through an error.
            clean.Append(char.IsControl(c) ? ' ' : c);
        }

        return clean.ToString().Trim();
    }
}
