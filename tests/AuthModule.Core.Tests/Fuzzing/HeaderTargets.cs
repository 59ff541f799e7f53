using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Text;
using AuthModule.Errors;
using AuthModule.Http;
using AuthModule.Operations;
using AuthModule.Rest;
using AuthModule.Validation.Endpoint;

namespace AuthModule.Core.Tests.Fuzzing;

/// <summary>Headers of replies, and the one of requests that come in.</summary>
internal static class HeaderTargets
{
    private const string Taken = "a header that says nothing";

    public static IEnumerable<FuzzTarget> All =>
    [
        Header("WWW-Authenticate", ["""Bearer realm="x", error="invalid_token", error_description="expired" """, """DPoP error="use_dpop_nonce", algs="ES256" """, "Basic"], static response => (RestChallenge.ErrorOf(response) ?? RestChallenge.NonceOf(response)) is null && !RestChallenge.WantsNonce(response)),
        Header("Retry-After", ["120", "Sun, 22 Nov 2026 10:00:00 GMT", "2147483647"], static response => ReplyTargets.Reply([], 429, response).RetryAfter is null & RestErrors.RetryAfterOf(response) is null),
        Header("Date", ["Sun, 22 Nov 2026 10:00:00 GMT", "Fri, 31 Dec 9999 23:59:59 GMT"], static response => ReplyTargets.Reply([], 200, response).ServerTime is null),
        Header("X-RateLimit-Reset", ["60", "1790000000", "9223372036854775807"], static response =>
        {
            response.Headers.TryAddWithoutValidation("Date", "Fri, 31 Dec 9999 23:59:59 GMT");
            return RateLimitHeaders.Read(ReplyTargets.Reply([], 200, response))?.ResetsOn is null;
        }),
        Header("Content-Type", ["application/json; charset=utf-8", "text/html", "application/problem+json"], static response => JsonReply.TryRead(ReplyTargets.Reply("<"u8.ToArray(), 200, response), out string fault) is null && fault.Contains("HTML")),
        FuzzTarget.OfText(
            "Authorization header",
            ["Bearer abc.def.ghi", "Basic dXNlcjpwYXNz", "bearer  x"],
            static text =>
            {
                if (AuthorizationHeaderReader.Read(text).Kind != AuthorizationKind.Bearer && text != "Basic dXNlcjpwYXNz")
                {
                    throw Refused();
                }
            },
            AuthErrorId.InvalidRequest),
    ];

    private static AuthException Refused() => AuthError.Create(AuthErrorId.InvalidRequest, Taken);

    private static FuzzTarget Header(string name, string[] seeds, System.Func<HttpResponseMessage, bool> saysNothing) => new(
        name,
        [.. seeds.Select(Encoding.Latin1.GetBytes)],
        bytes =>
        {
            // What cannot come through a client's own reader of heads is not of interest.
            string value = new([.. Encoding.Latin1.GetString(bytes).Where(static c => c is not ('\r' or '\n' or '\0'))]);
            using var response = new HttpResponseMessage(HttpStatusCode.Unauthorized) { Content = new ByteArrayContent([]) };
            if (!response.Headers.TryAddWithoutValidation(name, value))
            {
                response.Content.Headers.TryAddWithoutValidation(name, value);
            }

            return saysNothing(response) && !seeds.Contains(value) ? throw Refused() : System.Threading.Tasks.Task.CompletedTask;
        })
    {
        Ids = [AuthErrorId.InvalidRequest],
    };
}
