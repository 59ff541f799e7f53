using System;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using AuthModule.Http;
using AuthModule.Json;
using AuthModule.Providers;
using AuthModule.Text;

namespace AuthModule.Operations;

/// <summary>A reply as a description reads it: its body as JSON, whatever it came as, its headers and its cookies.</summary>
internal sealed class ReplyDocument
{
    private readonly ReplyBody body;
    private string? text;
    private bool isTextRead;

    private ReplyDocument(WireReply reply, ReplyBody body, JsonElement? root, string fault)
    {
        Reply = reply;
        this.body = body;
        Root = root;
        Fault = fault;
    }

    public WireReply Reply { get; }

    /// <summary>Null where the body is neither JSON nor anything that can be read like it.</summary>
    public JsonElement? Root { get; }

    /// <summary>The body where it is a text, trimmed; null where it is empty, a page for people, or no text.</summary>
    public string? Text
    {
        get
        {
            if (!isTextRead)
            {
                isTextRead = true;
                text = body == ReplyBody.Json ? null : TextOf(Reply, isAnyText: body == ReplyBody.Text);
            }

            return text;
        }
    }

    /// <summary>What the body is in place of JSON; empty where <see cref="Root"/> is there.</summary>
    public string Fault { get; }

    /// <summary>True for an object or a list, which is what most requests are answered with.</summary>
    public bool IsStructured => Root is { ValueKind: JsonValueKind.Object or JsonValueKind.Array };

    public static ReplyDocument Read(WireReply reply, ReplyBody body = ReplyBody.Auto)
    {
        if (body == ReplyBody.Auto)
        {
            body = FormText.IsForm(reply.MediaType) ? ReplyBody.Form : XmlReply.IsXml(reply.MediaType) ? ReplyBody.Xml : ReplyBody.Auto;
        }

        switch (body)
        {
            case ReplyBody.Form:
                return TextOf(reply, isAnyText: false) is { } form
                    ? new ReplyDocument(reply, body, FormReply.Read(form), string.Empty)
                    : new ReplyDocument(reply, body, null, "something that is not a form");
            case ReplyBody.Xml:
                JsonElement? xml = XmlReply.TryRead(reply);
                return new ReplyDocument(reply, body, xml, xml is null ? "something that is not XML" : string.Empty);
            case ReplyBody.Text:
                return new ReplyDocument(reply, body, null, reply.Body.Length == 0 ? "an empty body" : string.Empty);
            default:
                JsonElement? json = JsonReply.TryReadAny(reply, out string fault);
                return new ReplyDocument(reply, body, json, fault);
        }
    }

    /// <summary>The value of the first place that is there and not null; null when none is.</summary>
    public JsonElement? Find(ReplyPlaces places, bool ignoreCase = false)
    {
        foreach (ReplyPath path in places.Paths)
        {
            if (Find(path, ignoreCase) is not { ValueKind: not JsonValueKind.Null } value)
            {
                continue;
            }

            if (places.Match is not { } match)
            {
                return value;
            }

            if (JsonPath.Text(value) is { } text && MatchOf(match, text) is { } part)
            {
                return JsonText.Element(part);
            }
        }

        return null;
    }

    /// <summary>The same as a text: a number as it is written, a list joined by spaces; null for anything else.</summary>
    public string? FindText(ReplyPlaces places) => Find(places) is { } value ? JsonPath.Text(value) : null;

    /// <summary>The place where something is, as it is written; null where nothing is.</summary>
    public string? PathOf(ReplyPlaces places)
    {
        foreach (ReplyPath path in places.Paths)
        {
            if (Find(path, ignoreCase: false) is { ValueKind: not JsonValueKind.Null })
            {
                return path.Source;
            }
        }

        return null;
    }

    private JsonElement? Find(ReplyPath path, bool ignoreCase) => path.Part switch
    {
        ReplyPart.Header => Element(HeaderOf(path.Name)),
        ReplyPart.Cookie => Element(ReplyCookies.Find(Reply, path.Name)),
        ReplyPart.Root => Root ?? Element(Text),
        _ => Root is { } root ? JsonPath.Find(root, path, ignoreCase) : null,
    };

    private string? HeaderOf(string name)
    {
        string? value = Reply.Header(name);
        return string.IsNullOrEmpty(value) || !string.Equals(name, "Location", StringComparison.OrdinalIgnoreCase)
            ? value
            : Uri.TryCreate(Reply.Request.Url, value, out Uri? absolute) ? absolute.AbsoluteUri : null;
    }

    private static JsonElement? Element(string? text) => string.IsNullOrEmpty(text) ? null : JsonText.Element(text!);

    private static string? MatchOf(Regex match, string text)
    {
        try
        {
            return match.Match(text) is { Success: true } found ? found.Groups.Count > 1 && found.Groups[1].Success ? found.Groups[1].Value : found.Value : null;
        }
        catch (RegexMatchTimeoutException)
        {
            return null;
        }
    }

    private static string? TextOf(WireReply reply, bool isAnyText)
    {
        if (reply.Body.Length == 0 || (!isAnyText && JsonReply.IsPage(reply)))
        {
            return null;
        }

        try
        {
            string text = Encoding.UTF8.GetString(JsonReply.InUtf8(reply)).Trim();
            return text.Length == 0 || text.IndexOf('\0') >= 0 ? null : text;
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
