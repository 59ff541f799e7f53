using System;
using System.Collections.Generic;
using System.Linq;
using AuthModule.Json;

namespace AuthModule.Providers;

/// <summary>Reads templates, fields and headers of a description.</summary>
internal static class FieldReader
{
    private static readonly string[] Methods = ["GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"];

    /// <summary>Fields of a request: in JSON objects and lists too.</summary>
    public static IReadOnlyList<FieldDescription>? ReadFields(LocatedObject source, string name) =>
        source.Has(name) ? [.. source.Map(name).Where(IsMeant).Select(member => Read(member.Key, member.Value, source.Reading))] : null;

    /// <summary>Headers of a request.</summary>
    public static IReadOnlyList<FieldDescription> ReadHeaders(LocatedObject source, string name) =>
        [.. source.Map(name).Where(IsMeant).Select(member => ReadHeader(source, member))];

    /// <summary>Headers of API calls, some of them with certain methods only; null where there are none.</summary>
    public static IReadOnlyList<FieldDescription>? ReadCallHeaders(LocatedObject source, string name) =>
        source.Has(name) ? [.. source.Map(name).Where(IsMeant).Select(member => ReadCallHeader(source, member))] : null;

    /// <summary>What goes behind the address of API calls: each is a template.</summary>
    public static IReadOnlyList<FieldDescription> ReadQuery(LocatedObject source, string name) =>
        [.. source.Map(name).Where(IsMeant).Select(member => new FieldDescription(member.Key, Parse(member.Value, source.Reading), null))];

    public static Template? ReadTemplate(LocatedObject source, string name) =>
        source.Find(name) is { } value ? Parse(value, source.Reading) : null;

    /// <summary>One template or a list of them.</summary>
    public static TemplateChoice ReadChoice(LocatedObject source, string name) => ReadChoice(source.Find(name), source.Reading);

    public static TemplateChoice ReadChoice(LocatedJson? value, Reading? reading) => value?.Kind switch
    {
        null or LocatedKind.Null => TemplateChoice.None,
        LocatedKind.List => new TemplateChoice([.. value.Items.Select(item => Parse(item, reading))]),
        _ => new TemplateChoice([Parse(value, reading)]),
    };

    public static Template Parse(LocatedJson value, Reading? reading)
    {
        string? fault = value.Kind == LocatedKind.Text ? null : "has to be a text";
        if (fault is null)
        {
            try
            {
                Template template = Template.Parse(value.Text);
                reading?.Note(value, template);
                return template;
            }
            catch (FormatException wrong)
            {
                fault = wrong.Message;
            }
        }

        var located = new LocatedJsonException(value.Line, value.Path, fault);
        if (reading is null)
        {
            throw located;
        }

        reading.Add(located);
        return Template.Parse(string.Empty);
    }

    private static bool IsMeant(KeyValuePair<string, LocatedJson> member) => member.Value.Kind != LocatedKind.Null && !member.Key.StartsWith('$');

    private static FieldDescription Read(string name, LocatedJson value, Reading? reading) => value.Kind switch
    {
        LocatedKind.Flag => new FieldDescription(name, null, value.Flag),
        LocatedKind.Number => new FieldDescription(name, null, value.Number),
        LocatedKind.Object => new FieldDescription(name, null, null) { Members = [.. value.Members.Where(IsMeant).Select(member => Read(member.Key, member.Value, reading))] },
        LocatedKind.List => new FieldDescription(name, null, null) { Items = [.. value.Items.Select(item => Read(string.Empty, item, reading))] },
        _ => new FieldDescription(name, Parse(value, reading), null),
    };

    private static FieldDescription ReadHeader(LocatedObject source, KeyValuePair<string, LocatedJson> member)
    {
        CheckName(source, member);
        if (member.Value.Kind is LocatedKind.Object or LocatedKind.List)
        {
            source.Report(new LocatedJsonException(member.Value.Line, member.Value.Path, "has to be a text, a number, true or false"));
            return new FieldDescription(member.Key, null, string.Empty);
        }

        return Read(member.Key, member.Value, source.Reading);
    }

    private static FieldDescription ReadCallHeader(LocatedObject source, KeyValuePair<string, LocatedJson> member)
    {
        if (member.Value.Kind != LocatedKind.Object)
        {
            return ReadHeader(source, member);
        }

        CheckName(source, member);
        var header = new LocatedObject(member.Value, source.Reading);
        if (!header.Has("value"))
        {
            header.Report("value", "is missing");
        }

        var description = new FieldDescription(member.Key, ReadTemplate(header, "value"), null) { Methods = header.Texts("methods") };
        if (description.Methods.FirstOrDefault(method => !Methods.Contains(method)) is { } other)
        {
            header.Report("methods", $"'{other}'{NearName.Hint(other, Methods)} is not one of {string.Join(", ", Methods)}");
        }

        header.RefuseOthers();
        return description;
    }

    // RFC 9110, section 5.1.
    private static void CheckName(LocatedObject source, KeyValuePair<string, LocatedJson> member)
    {
        if (!AuthModule.Http.WireRequest.IsHeaderName(member.Key))
        {
            source.Report(new LocatedJsonException(member.Value.Line, member.Value.Path, "is not the name of a header (RFC 9110, section 5.1)"));
        }
    }
}
