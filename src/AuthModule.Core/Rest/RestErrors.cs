using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Errors;
using AuthModule.Http;
using AuthModule.Json;
using AuthModule.Operations;
using AuthModule.Providers;

namespace AuthModule.Rest;

/// <summary>Turns an API's refusal into an error with a stable id, its own words freed of the credential.</summary>
internal static class RestErrors
{
    private const int LongestBody = 64 * 1024;
    private const int LongestQuote = 500;

    private static readonly ErrorDescription Standard = new();

    public static async Task<AuthException> ReadAsync(HttpResponseMessage response, WireRequest request, TimeSpan patience, TimeProvider clock, CancellationToken cancellationToken)
    {
        int status = (int)response.StatusCode;
        string? error = RestChallenge.ErrorOf(response);
        using CancellationTokenSource deadline = Deadline.After(patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        string? text = await ExplanationAsync(response, either.Token).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        text = text is null ? null : Clean(text, request);
        string id = error is not null && ReplyErrors.KnownId(error) is { } known ? known : status switch
        {
            401 => AuthErrorId.TokenInactive,
            403 => AuthErrorId.AccessDenied,
            408 => AuthErrorId.Timeout,
            429 => AuthErrorId.RateLimited,
            >= 500 => AuthErrorId.ServerError,
            >= 300 and < 400 => AuthErrorId.RedirectRefused,
            _ => AuthErrorId.InvalidRequest,
        };
        string reason = response.ReasonPhrase is { Length: > 0 } phrase ? $"{status} {Clean(phrase, request)}" : status.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return AuthError.Create(
            id,
            $"{request.Service} refused {request.Method} {request.Url.GetLeftPart(UriPartial.Path)}: {reason}.{(text is null ? string.Empty : $" It says: {text}{(text.EndsWith('.') ? string.Empty : ".")}")}",
            new ErrorDetails
            {
                Service = request.Service,
                StatusCode = status,
                OAuthError = error is null ? null : Clean(error, request),
                OAuthErrorDescription = text,
                RetryAfter = RetryAfterOf(response),
                CorrelationId = request.RequestId,
            });
    }

    public static TimeSpan? RetryAfterOf(HttpResponseMessage response) =>
        response.Headers.RetryAfter is { } value
            ? value.Delta ?? (value.Date is { } date && response.Headers.Date is { } now ? Positive(date - now) : null)
            : null;

    private static TimeSpan Positive(TimeSpan span) => span < TimeSpan.Zero ? TimeSpan.Zero : span;

    private static async Task<string?> ExplanationAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            byte[]? body = await BoundedBody.ReadAsync(response.Content, LongestBody, cancellationToken).ConfigureAwait(false);
            if (body is null or { Length: 0 } || response.Content.Headers.ContentType?.MediaType?.Contains("json", StringComparison.OrdinalIgnoreCase) != true)
            {
                return null;
            }

            if (StrictJson.FaultOf(body, JsonReply.MaxLevels) is not null)
            {
                return null;
            }

            using JsonDocument document = JsonDocument.Parse(body);
            return Standard.Message.Paths.Concat(Standard.Code.Paths)
                .Select(place => JsonPath.Find(document.RootElement, place, ignoreCase: true))
                .Where(value => value is not null)
                .Select(value => JsonPath.Text(value!.Value))
                .FirstOrDefault(found => !string.IsNullOrEmpty(found));
        }
        catch (Exception unread) when (unread is JsonException or IOException or HttpRequestException or OperationCanceledException)
        {
            return null;
        }
    }

    private static string Clean(string text, WireRequest request)
    {
        string scrubbed = request.Scrubber.Scrub(text).Trim();
        return scrubbed.Length > LongestQuote ? VisibleText.Shortened(scrubbed, LongestQuote) : VisibleText.Of(scrubbed);
    }
}
