using System;
using System.Collections.Generic;
using System.Linq;
using AuthModule.Discovery;
using AuthModule.Errors;
using AuthModule.Interaction;
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

        // Anybody can have written what comes without the state, an error too: none of it is quoted as the service's words.
        if (!AnswerProof.AreSame(state, request.State))
        {
            throw state is null && error is not null && ReplyErrors.KnownId(error) is { } known ? Unproven(known, service) : Fail(
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

    // Helps whoever pasted it from a service that does not send the state back.
    private static AuthException Unproven(string id, string service) => AuthError.Create(
        id,
        $"The callback address holds an error and no state: nothing proves that {service} sent it, and its words are not shown. There is no code in it.",
        new ErrorDetails { Service = service, Action = "Start the sign-in again; if this comes again, look at the address that the browser ended at." });

    // RFC 9207: with several servers, one of them must not answer for another.
    private static void CheckIssuer(string? issuer, AuthorizationRequest request, ServerMetadata? metadata)
    {
        string? expected = metadata?.Issuer ?? request.Service.Issuer;
        bool isFapi = AuthModule.Requests.SecurityProfiles.IsFapi2(request.Service.SecurityProfile);
        if (issuer is null && (isFapi || metadata?.Flag("authorization_response_iss_parameter_supported") == true))
        {
            throw Fail(
                AuthErrorId.IssuerMismatch,
                $"The answer of {request.Authority} does not name its issuer, although {(isFapi ? "the security profile demands it" : "the service says that it does")} (RFC 9207).",
                request.Authority);
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
            new ErrorDetails
            {
                Service = service,
                OAuthError = code,
                OAuthErrorDescription = text,
                Action = error == RefusalAdvice.AccessDenied ? RefusalAdvice.OfPerson : null,
            });
    }

    // A whole address, or only its query as some pages show it.
    public static List<KeyValuePair<string, string>> Fields(string callback)
    {
        string text = callback.Trim();
        int fragment = text.IndexOf('#');
        text = fragment < 0 ? text : text.Substring(0, fragment);
        int query = text.IndexOf('?');
        return FormText.Read(query < 0 ? text : text.Substring(query + 1));
    }

    // It came through a browser: anybody can have written it, and it goes to a terminal.
    private static string Clean(string text) =>
        VisibleText.Shortened(text, LongestQuote);

    private static AuthException Fail(string id, string message, string service) =>
        AuthError.Create(id, message, new ErrorDetails { Service = service });
}
