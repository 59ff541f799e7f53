using System;
using System.Net.Http;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Errors;
using AuthModule.Http;
using AuthModule.Secrets;
using AuthModule.Wire;

namespace AuthModule.AssertionSources;

/// <summary>Asks a build platform for a job's assertion: a bearer token in the request, JSON in the reply.</summary>
internal static class PlatformRequest
{
    /// <exception cref="AuthException">InvalidCredentials: the platform refused; MalformedResponse; and what the network brings.</exception>
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

        WireReply reply = await query.Door.SendAsync(request, query.Transport with { ClientCertificate = null }, query.Log, cancellationToken).ConfigureAwait(false);
        if (!reply.IsSuccess)
        {
            throw AuthError.Create(
                reply.Status >= 500 ? AuthErrorId.ServerError : AuthErrorId.InvalidCredentials,
                $"{platform} did not hand out an assertion for this job ({reply.Status}).",
                new ErrorDetails { Service = platform, StatusCode = reply.Status, CorrelationId = request.RequestId });
        }

        JsonElement json = JsonReply.Read(reply);
        return JsonPath.Text(json, [member]) is { Length: > 0 } assertion
            ? Secret.From(assertion)
            : throw JsonReply.Malformed(reply, "a JSON object without the assertion");
    }
}
