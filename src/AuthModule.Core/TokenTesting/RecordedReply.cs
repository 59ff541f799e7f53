using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Text;
using System.Text.Json;
using AuthModule.Http;
using AuthModule.Json;
using AuthModule.Operations;
using AuthModule.Providers;
using AuthModule.Requests;
using AuthModule.Secrets;
using AuthModule.Tokens;

namespace AuthModule.TokenTesting;

/// <summary>Reads a reply that somebody recorded as a description would: the body alone, or an object with <c>status</c>, <c>headers</c> and <c>body</c>.</summary>
internal static class RecordedReply
{
    public static ProviderReply Read(byte[] file, KeyValuePair<string, OperationDescription> grant, Service service, TimeProvider clock)
    {
        ReplyDescription reply = grant.Value.Reply ?? service.Description.Reply;
        WireReply wire = ToReply(AuthModule.Text.TextFile.ToUtf8(file), clock);
        ReplyDocument document = ReplyDocument.Read(wire, reply.Body);
        var call = new OperationCall
        {
            Name = grant.Key,
            Title = "token request",
            Service = service,
            Operation = grant.Value,
            Fill = _ => { },
        };
        try
        {
            if (grant.Value.Challenge is { } challenge && Conditions.Fit(document, challenge.When))
            {
                IReadOnlyList<string> methods = challenge.Methods.Paths.Count > 0 ? SecondFactorAsked.MethodsAt(document, challenge.Methods) : SecondFactorAsked.MethodsIn(document);
                return Refused(ReplyErrors.SecondFactor(document, call, methods, null), ReplyKeeper.Read(document, challenge.Keep));
            }

            bool hasToken = document.FindText(reply.AccessToken) is { Length: > 0 };
            if (ReplyErrors.IsRefusal(document, service.Description.Errors, hasToken ? ReplyUse.TokenThere : ReplyUse.TokenMissing))
            {
                return Refused(ReplyErrors.Read(document, service.Description.Errors, call), []);
            }

            TokenSet tokens = TokenReplyReader.Read(document, reply, new TokenReplyContext(clock, grant.Key));
            return new ProviderReply { HasToken = true, Taken = Parts(tokens) };
        }
        catch (AuthException failure)
        {
            return Refused(failure, []);
        }
    }

    private static ProviderReply Refused(AuthException failure, IReadOnlyList<KeptValue> kept) =>
        new() { HasToken = false, Taken = Shown(kept), Failure = failure.Code, Message = failure.Message };

    private static Dictionary<string, string> Parts(TokenSet tokens)
    {
        Dictionary<string, string> parts = Shown(tokens.Kept);
        parts["accessToken"] = Secret.Mask;
        parts["tokenType"] = tokens.TokenType;
        parts["expiresIn"] = tokens.Lifetime == TimeSpan.MaxValue ? "does not end" : tokens.Lifetime.ToString("c");
        if (tokens.RefreshToken is not null)
        {
            parts["refreshToken"] = Secret.Mask;
        }

        if (tokens.IdToken is not null)
        {
            parts["idToken"] = Secret.Mask;
        }

        if (tokens.Scopes.Count > 0)
        {
            parts["scope"] = string.Join(" ", tokens.Scopes);
        }

        if (tokens.Subject is { } subject)
        {
            parts["subject"] = subject;
        }

        return parts;
    }

    private static Dictionary<string, string> Shown(IReadOnlyList<KeptValue> kept) =>
        kept.ToDictionary(value => value.Name, value => value.Text ?? Secret.Mask, StringComparer.Ordinal);

    private static WireReply ToReply(byte[] file, TimeProvider clock)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        int status = 200;
        byte[] body = file;
        List<string> cookies = [];
        if (TryParse(file) is { ValueKind: JsonValueKind.Object } json && json.TryGetProperty("status", out JsonElement code) && code.ValueKind == JsonValueKind.Number
            && code.TryGetInt32(out status) && (json.TryGetProperty("headers", out _) || json.TryGetProperty("body", out _)))
        {
            foreach (JsonProperty header in json.TryGetProperty("headers", out JsonElement members) && members.ValueKind == JsonValueKind.Object ? members.EnumerateObject().AsEnumerable() : [])
            {
                string[] values = header.Value.ValueKind == JsonValueKind.Array
                    ? [.. header.Value.EnumerateArray().Select(value => JsonPath.Text(value) ?? string.Empty)]
                    : [JsonPath.Text(header.Value) ?? string.Empty];
                headers[header.Name] = string.Join(", ", values);
                if (string.Equals(header.Name, "Set-Cookie", StringComparison.OrdinalIgnoreCase))
                {
                    cookies.AddRange(values);
                }
            }

            body = !json.TryGetProperty("body", out JsonElement content) || content.ValueKind == JsonValueKind.Null ? []
                : content.ValueKind == JsonValueKind.String && headers.GetValueOrDefault("Content-Type")?.Contains("json", StringComparison.OrdinalIgnoreCase) != true ? Encoding.UTF8.GetBytes(content.GetString()!)
                : Encoding.UTF8.GetBytes(content.GetRawText());
        }
        else
        {
            status = 200;
        }

        return new WireReply
        {
            Request = new WireRequest("token request", SampleService.Authority, HttpMethod.Post, new Uri(SampleService.Authority + "/token")),
            Status = status,
            Body = body,
            MediaType = headers.GetValueOrDefault("Content-Type")?.Split(';')[0].Trim().ToLowerInvariant(),
            Headers = headers,
            SetCookies = cookies,
            SentAt = clock.GetTimestamp(),
        };
    }

    private static JsonElement? TryParse(byte[] bytes)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(bytes, new JsonDocumentOptions { MaxDepth = JsonReply.MaxLevels });
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
