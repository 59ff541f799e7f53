using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using AuthModule.Discovery;
using AuthModule.Errors;
using AuthModule.Operations;
using AuthModule.Secrets;
using AuthModule.Text;

namespace AuthModule.Grants.AuthorizationCode;

/// <summary>Reads the address that the browser was sent to (RFC 6749, sections 4.1.2 and 4.1.2.1) and refuses answers to other requests.</summary>
internal static class CallbackReader
{
    private const int LongestQuote = 300;

    /// <summary>The code.</summary>
    /// <exception cref="TokenValidationException">StateMismatch, IssuerMismatch: this answers another request, or another server answers.</exception>
    /// <exception cref="AuthException">What the service refused; InvalidRequest: no answer at all.</exception>
    public static Secret ReadCode(string callback, AuthorizationRequest request, ServerMetadata? metadata)
    {
        string service = request.Authority;
        List<KeyValuePair<string, string>> fields = Fields(callback);
        string? One(string name)
        {
            string[] values = [.. fields.Where(field => field.Key == name).Select(field => field.Value)];
            return values.Length <= 1
                ? values.FirstOrDefault()
                : throw Fail(AuthErrorId.InvalidRequest, $"The answer of {service} has '{name}' twice; it is not used.", service);
        }

        string? error = One("error");
        string? state = One("state");

        // An error without a state gives nothing away and helps the user; one with a wrong state is not ours.
        if (!(state is null && error is not null) && !AreSame(state, request.State))
        {
            throw Fail(
                AuthErrorId.StateMismatch,
                $"The answer of {service} {(state is null ? "has no state" : "has another state than was sent")}: it answers another request.",
                service);
        }

        CheckIssuer(One("iss"), request, metadata);
        if (error is not null)
        {
            throw Refused(error, One("error_description"), service);
        }

        return Secret.FromOptional(One("code"))
            ?? throw Fail(AuthErrorId.InvalidRequest, $"The callback address holds no answer of {service}: neither code nor error.", service);
    }

    // RFC 9207: with several servers, one of them must not answer for another.
    private static void CheckIssuer(string? issuer, AuthorizationRequest request, ServerMetadata? metadata)
    {
        string? expected = metadata?.Issuer ?? request.Service.Issuer;
        if (issuer is null && metadata?.Flag("authorization_response_iss_parameter_supported") == true)
        {
            throw Fail(AuthErrorId.IssuerMismatch, $"The answer of {request.Authority} does not name its issuer, although the service says that it does (RFC 9207).", request.Authority);
        }

        if (issuer is not null && expected is not null && !string.Equals(issuer, expected, StringComparison.Ordinal))
        {
            throw Fail(AuthErrorId.IssuerMismatch, $"The answer comes from issuer '{Clean(issuer)}', not from {request.Authority}.", request.Authority);
        }
    }

    private static AuthException Refused(string error, string? description, string service)
    {
        string code = Clean(error);
        string? text = description is null ? null : Clean(description);
        return AuthError.Create(
            ReplyErrors.KnownId(error) ?? AuthErrorId.InvalidRequest,
            $"{service} refused the sign-in: {code}.{(text is null ? string.Empty : $" It says: {text}{(text.EndsWith('.') ? string.Empty : ".")}")}",
            new ErrorDetails { Service = service, OAuthError = code, OAuthErrorDescription = text });
    }

    // A whole address, or only its query as some pages show it.
    private static List<KeyValuePair<string, string>> Fields(string callback)
    {
        string text = callback.Trim();
        int fragment = text.IndexOf('#');
        text = fragment < 0 ? text : text.Substring(0, fragment);
        int query = text.IndexOf('?');
        return FormText.Read(query < 0 ? text : text.Substring(query + 1));
    }

    private static bool AreSame(string? given, string expected) =>
        given is not null && CryptographicOperations.FixedTimeEquals(
            SHA256.HashData(Encoding.UTF8.GetBytes(given)),
            SHA256.HashData(Encoding.UTF8.GetBytes(expected)));

    // It came through a browser: anybody can have written it, and it goes to a terminal.
    private static string Clean(string text) =>
        new([.. (text.Length > LongestQuote ? text.Substring(0, LongestQuote) : text).Select(c => char.IsControl(c) ? ' ' : c)]);

    private static AuthException Fail(string id, string message, string service) =>
        AuthError.Create(id, message, new ErrorDetails { Service = service });
}
