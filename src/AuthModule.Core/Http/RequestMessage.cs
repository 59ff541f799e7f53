using System.Collections.Generic;
using System.Net.Http;
using System.Net.Http.Headers;

namespace AuthModule.Http;

/// <summary>Turns a request of ours into one of <see cref="HttpClient"/>'s.</summary>
internal static class RequestMessage
{
    private static readonly string UserAgent = "AuthModule/" + typeof(RequestMessage).Assembly.GetName().Version!.ToString(3);

    public static HttpRequestMessage From(WireRequest request)
    {
        var message = new HttpRequestMessage(request.Method, request.Url);
        if (request.Body is { } body)
        {
            message.Content = new ByteArrayContent(body);
            message.Content.Headers.TryAddWithoutValidation("Content-Type", request.ContentType);
        }

        message.Headers.TryAddWithoutValidation("User-Agent", UserAgent);
        message.Headers.TryAddWithoutValidation("Accept", "application/json");
        message.Headers.TryAddWithoutValidation("X-Request-ID", request.RequestId);
        foreach (KeyValuePair<string, string> header in request.Headers)
        {
            // What describes a body says nothing where there is none.
            if ((BodyHeaders.Has(header.Key) ? message.Content?.Headers : (HttpHeaders)message.Headers) is { } headers)
            {
                headers.Remove(header.Key);
                headers.TryAddWithoutValidation(header.Key, header.Value);
            }
        }

        return message;
    }
}
