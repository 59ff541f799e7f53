using System;
using System.Net.Http;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Errors;
using AuthModule.Http;
using AuthModule.Json;
using AuthModule.Requests;
using AuthModule.Secrets;

namespace AuthModule.AssertionSources;

/// <summary>Asks a build platform for a job's assertion: a bearer token in the request, JSON in the reply.</summary>
internal static class PlatformRequest
{
    /// <exception cref="AuthException">InvalidCredentials: the platform refused; RateLimited, Timeout, ServerError: not now; MalformedResponse; and what the network brings.</exception>
    public static async ValueTask<Secret> SendAsync(
        string platform, HttpMethod method, Uri url, string token, string member, AssertionQuery query, CancellationToken cancellationToken)
    {
        var scrubber = new SecretScrubber();
        scrubber.Add(token);
        var request = new WireRequest("assertion request", platform, method, url, scrubber);
        request.SetHeader("Authorization", "Bearer " + token);
        if (method == HttpMethod.Post)
        {
            request.SetBody("application/json", []);
        }

        WireReply reply = await query.Sender.SendAsync(request, query.Transport with { ClientCertificate = null }, query.Log, cancellationToken).ConfigureAwait(false);
        if (!reply.IsSuccess)
        {
            // What passes by itself must not look like a job that may not ask.
            string id = reply.Status switch
            {
                408 => AuthErrorId.Timeout,
                429 => AuthErrorId.RateLimited,
                >= 500 => AuthErrorId.ServerError,
                _ => AuthErrorId.InvalidCredentials,
            };
            throw AuthError.Create(
                id,
                $"{platform} did not hand out an assertion for this job ({reply.Status}).",
                new ErrorDetails { Service = platform, StatusCode = reply.Status, RetryAfter = reply.RetryAfter, CorrelationId = request.RequestId });
        }

        JsonElement json = JsonReply.Read(reply);
        return JsonPath.Text(json, [member]) is { Length: > 0 } assertion
            ? Secret.From(assertion)
            : throw JsonReply.Malformed(reply, "a JSON object without the assertion");
    }
}
