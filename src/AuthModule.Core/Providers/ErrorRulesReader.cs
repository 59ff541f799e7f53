using System.Collections.Generic;
using System.Linq;
using AuthModule.Errors;
using AuthModule.Json;

namespace AuthModule.Providers;

/// <summary>Reads a description's <c>errors</c>.</summary>
internal static class ErrorRulesReader
{
    public static ErrorDescription Read(LocatedObject source)
    {
        var standard = new ErrorDescription();
        var errors = new ErrorDescription
        {
            Code = source.Has("code") ? PlaceReader.ReadTexts(source, "code") : standard.Code,
            Message = source.Has("message") ? PlaceReader.ReadTexts(source, "message") : standard.Message,
            InSuccess = ConditionReader.Read(source, "inSuccess"),
            Rules = [.. source.List("rules").Select(item => ReadRule(item, source.Reading))],
        };
        source.RefuseOthers();
        return errors;
    }

    private static ErrorRule ReadRule(LocatedJson item, Reading? reading)
    {
        var source = new LocatedObject(item, reading);
        string id = source.RequiredText("id");
        if (id.Length > 0 && !ErrorCatalog.Ids.Contains(id))
        {
            source.Report("id", $"'{id}' is not an error id{NearName.Hint(id, ErrorCatalog.Ids)}");
            id = AuthErrorId.InvalidRequest;
        }

        var rule = new ErrorRule(id, Statuses(source, "status"), source.Text("code"), PatternReader.Read(source, "matches"), source.Texts("operation"));
        source.RefuseOthers();
        reading?.Note(item, rule);
        return rule;
    }

    private static IReadOnlyList<int> Refuse(LocatedObject source, string name)
    {
        source.Report(name, "has to be a status or a list of them");
        return [];
    }

    /// <summary>One status or a list of them.</summary>
    public static IReadOnlyList<int> Statuses(LocatedObject source, string name)
    {
        LocatedJson? value = source.Find(name);
        return value?.Kind switch
        {
            null => [],
            LocatedKind.Number => [(int)value.Number],
            LocatedKind.List when value.Items.All(item => item.Kind == LocatedKind.Number) => [.. value.Items.Select(item => (int)item.Number)],
            _ => Refuse(source, name),
        };
    }
}
