using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Xml;
using AuthModule.Http;
using AuthModule.Text;

namespace AuthModule.Operations;

/// <summary>
/// An XML document as a reply, read as the object that its root element is: children by local name, several of one name as a
/// list, attributes as <c>@name</c>, an element with nothing but text as that text.
/// </summary>
internal static class XmlReply
{
    private const string TextName = "#text";

    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        IgnoreWhitespace = true,
    };

    public static bool IsXml(string? mediaType) =>
        mediaType is "application/xml" or "text/xml" || (mediaType?.EndsWith("+xml", StringComparison.Ordinal) == true && mediaType != "application/xhtml+xml");

    /// <summary>Null where it is not XML, has a DTD, or is deeper than a reply is.</summary>
    public static JsonElement? TryRead(WireReply reply)
    {
        try
        {
            // The document's own declaration counts where the reply declares nothing.
            using Stream bytes = new MemoryStream(reply.Charset is null ? reply.Body : JsonReply.InUtf8(reply));
            using XmlReader reader = reply.Charset is null ? XmlReader.Create(bytes, Settings) : XmlReader.Create(new StreamReader(bytes), Settings);
            reader.MoveToContent();
            object root = ReadElement(reader, 1);
            return JsonText.Element(root as IEnumerable<KeyValuePair<string, object?>> ?? [new KeyValuePair<string, object?>(TextName, root)]);
        }
        catch (Exception unread) when (unread is XmlException or ArgumentException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>The text of an element that has attributes too; null where this is none.</summary>
    public static string? TextOf(JsonElement element) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(TextName, out JsonElement text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null;

    private static object ReadElement(XmlReader reader, int level)
    {
        if (level > JsonReply.MaxLevels)
        {
            throw new XmlException("It is too deep.");
        }

        var members = new List<(string Name, object Value)>();
        for (bool more = reader.MoveToFirstAttribute(); more; more = reader.MoveToNextAttribute())
        {
            if (reader.Prefix != "xmlns" && reader.Name != "xmlns")
            {
                members.Add(("@" + reader.LocalName, reader.Value));
            }
        }

        reader.MoveToElement();
        var text = new StringBuilder();
        if (!reader.IsEmptyElement)
        {
            while (reader.Read() && reader.NodeType != XmlNodeType.EndElement)
            {
                if (reader.NodeType == XmlNodeType.Element)
                {
                    string name = reader.LocalName;
                    members.Add((name, ReadElement(reader, level + 1)));
                }
                else
                {
                    text.Append(reader.Value);
                }
            }
        }

        if (members.Count == 0)
        {
            return text.ToString().Trim();
        }

        if (text.ToString().Trim() is { Length: > 0 } trimmed)
        {
            members.Add((TextName, trimmed));
        }

        return members.GroupBy(member => member.Name)
            .Select(group => new KeyValuePair<string, object?>(group.Key, group.Count() == 1 ? group.First().Value : group.Select(member => member.Value).ToArray()))
            .ToList();
    }
}
