using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Text;
using AuthModule.Secrets;

namespace AuthModule.Http;

/// <summary>One request as it will go out. Holds plain secrets for its short life and knows how to keep them out of texts.</summary>
internal sealed class WireRequest(string operation, string service, HttpMethod method, Uri url, SecretScrubber? scrubber = null)
{
    public const int DefaultReplyLimit = 1024 * 1024;

    /// <summary>What this is for, as a sentence would say it: <c>token request</c>.</summary>
    public string Operation { get; } = operation;

    /// <summary>The service as the user knows it.</summary>
    public string Service { get; } = service;

    public HttpMethod Method { get; } = method;

    public Uri Url { get; } = url;

    public List<KeyValuePair<string, string>> Headers { get; } = [];

    public byte[]? Body { get; private set; }

    public string? ContentType { get; private set; }

    /// <summary>
    /// May be sent again when it is not known whether the first one arrived. False for whatever works once: a rotating
    /// refresh token, an authorization code.
    /// </summary>
    public bool Repeatable { get; init; } = true;

    /// <summary>In bytes; a longer reply is an error.</summary>
    public int ReplyLimit { get; init; } = DefaultReplyLimit;

    /// <summary>Nothing in it is a credential: a redirect within the origin is followed.</summary>
    public bool FollowsRedirects { get; init; }

    /// <summary>Replaces the transport's time-out for this request.</summary>
    public TimeSpan? Timeout { get; init; }

    public string RequestId { get; } = Convert.ToHexString(
        System.Security.Cryptography.RandomNumberGenerator.GetBytes(8)).ToLowerInvariant();

    /// <summary>Every secret in this request, so that a server's echo of it can be masked.</summary>
    public SecretScrubber Scrubber { get; } = scrubber ?? new SecretScrubber();

    /// <summary>Whether a name can be one of a header (RFC 9110, section 5.1).</summary>
    public static bool IsHeaderName(string name) =>
        name.Length > 0
        && name.All(static c => c is > ' ' and <= '~' and not (':' or '"' or '(' or ')' or ',' or '/' or ';' or '<' or '=' or '>' or '?' or '@' or '[' or '\\' or ']' or '{' or '}'));

    public void SetHeader(string name, string value)
    {
        if (!IsHeaderName(name))
        {
            throw AuthModule.Errors.AuthError.Create(AuthErrorId.InvalidRequest, $"A header for {Service} has a name that is none (RFC 9110, section 5.1); nothing was sent.");
        }

        if (value.IndexOfAny(['\r', '\n', '\0']) >= 0)
        {
            throw AuthModule.Errors.AuthError.Create(AuthErrorId.InvalidRequest, $"The value of header '{name}' for {Service} holds a line break; nothing was sent.");
        }

        Headers.RemoveAll(header => string.Equals(header.Key, name, StringComparison.OrdinalIgnoreCase));
        Headers.Add(new KeyValuePair<string, string>(name, value));
    }

    public void SetBody(string contentType, string text)
    {
        ContentType = contentType;
        Body = Encoding.UTF8.GetBytes(text);
    }

    public void SetBody(string contentType, byte[] bytes)
    {
        ContentType = contentType;
        Body = bytes;
    }
}
