using System;
using System.Collections.Generic;
using System.Linq;
using AuthModule.Json;

namespace AuthModule.Providers;

/// <summary>Reads the requests of a description: its <c>grants</c> and <c>operations</c>.</summary>
internal static class OperationDescriptionReader
{
    private static readonly string[] Methods = ["GET", "POST", "PUT", "PATCH", "DELETE"];
    private static readonly string[] Encodings = ["form", "json", "query", "none"];
    private static readonly string[] Credentials = ["none", "client", "token"];
    private static readonly string[] TokenKinds = ["access", "refresh"];

    public static IReadOnlyList<KeyValuePair<string, OperationDescription>> ReadAll(LocatedObject root, string name) =>
        [.. root.Map(name).Select(member => new KeyValuePair<string, OperationDescription>(member.Key, Read(new LocatedObject(member.Value))))];

    public static OperationDescription Read(LocatedObject source)
    {
        var operation = new OperationDescription
        {
            Endpoint = source.Text("endpoint"),
            Method = source.Word("method", Methods),
            Encoding = source.Word("encoding", Encodings) is { } encoding ? (FieldEncoding)Array.IndexOf(Encodings, encoding) : null,
            Fields = ReadFields(source, "fields"),
            Headers = ReadFields(source, "headers") ?? [],
            Credential = source.Word("credential", Credentials) is { } credential ? (OperationCredential)Array.IndexOf(Credentials, credential) : null,
            Reply = source.Object("reply") is { } reply ? ReplyDescriptionReader.Read(reply) : null,
            Fallback = source.Object("fallback") is { } fallback ? ReadFallback(fallback) : null,
            RenewWith = source.Text("renewWith"),
            Ends = source.Has("ends") ? ReadEnds(source) : null,
            Result = ReadResult(source),
        };
        source.RefuseOthers();
        return operation;
    }

    public static IReadOnlyList<FieldDescription>? ReadFields(LocatedObject source, string name) =>
        source.Has(name) ? [.. source.Map(name).Select(ReadField)] : null;

    public static Template? ReadTemplate(LocatedObject source, string name) =>
        source.Find(name) is { } value ? ParseTemplate(value) : null;

    /// <summary>One template or a list of them.</summary>
    public static TemplateChoice ReadChoice(LocatedJson? value) => value?.Kind switch
    {
        null => TemplateChoice.None,
        LocatedKind.List => new TemplateChoice([.. value.Items.Select(ParseTemplate)]),
        _ => new TemplateChoice([ParseTemplate(value)]),
    };

    public static Template ParseTemplate(LocatedJson value)
    {
        if (value.Kind != LocatedKind.Text)
        {
            throw new LocatedJsonException(value.Line, value.Path, "has to be a text");
        }

        try
        {
            return Template.Parse(value.Text);
        }
        catch (FormatException fault)
        {
            throw new LocatedJsonException(value.Line, value.Path, fault.Message);
        }
    }

    /// <summary>Every template of an operation and of its fallback.</summary>
    public static IEnumerable<Template> Templates(OperationDescription operation)
    {
        IEnumerable<Template> own = (operation.Fields ?? []).Concat(operation.Headers)
            .Select(field => field.Template)
            .OfType<Template>();
        if (operation.Endpoint is { } endpoint && endpoint.Contains('/'))
        {
            own = own.Append(Template.Parse(endpoint));
        }

        return operation.Fallback is { } fallback ? own.Concat(Templates(fallback.Operation)) : own;
    }

    private static FieldDescription ReadField(KeyValuePair<string, LocatedJson> member) => member.Value.Kind switch
    {
        LocatedKind.Text => new FieldDescription(member.Key, ParseTemplate(member.Value), null),
        LocatedKind.Flag => new FieldDescription(member.Key, null, member.Value.Flag),
        LocatedKind.Number => new FieldDescription(member.Key, null, member.Value.Number),
        _ => throw new LocatedJsonException(member.Value.Line, member.Value.Path, "has to be a text, a number, true or false"),
    };

    private static IReadOnlyDictionary<string, IReadOnlyList<string>>? ReadResult(LocatedObject source)
    {
        if (source.Object("result") is not { } result)
        {
            return null;
        }

        Dictionary<string, IReadOnlyList<string>> paths = source.Map("result").ToDictionary(
            member => member.Key, member => result.Texts(member.Key), StringComparer.Ordinal);
        return paths;
    }

    private static IReadOnlyList<string> ReadEnds(LocatedObject source)
    {
        IReadOnlyList<string> ends = source.Texts("ends");
        return ends.FirstOrDefault(kind => !TokenKinds.Contains(kind)) is { } other
            ? throw source.Fault("ends", $"'{other}' is not one of {string.Join(", ", TokenKinds)}")
            : ends;
    }

    private static FallbackDescription ReadFallback(LocatedObject source)
    {
        IReadOnlyList<int> on = ErrorRulesReader.Statuses(source, "on");
        if (on.Count == 0)
        {
            throw source.Fault("on", "is missing: name the statuses after which this form is tried");
        }

        return new FallbackDescription(on, Read(source));
    }
}
