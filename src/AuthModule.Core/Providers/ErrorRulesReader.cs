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
            Code = source.Has("code") ? source.Texts("code") : standard.Code,
            Message = source.Has("message") ? source.Texts("message") : standard.Message,
            InSuccess = source.Text("inSuccess"),
            Rules = [.. source.List("rules").Select(ReadRule)],
        };
        source.RefuseOthers();
        return errors;
    }

    private static ErrorRule ReadRule(LocatedJson item)
    {
        var source = new LocatedObject(item);
        string id = source.RequiredText("id");
        if (!ErrorCatalog.Ids.Contains(id))
        {
            throw source.Fault("id", $"'{id}' is not an error id");
        }

        var rule = new ErrorRule(id, Statuses(source, "status"), source.Text("code"), PatternReader.Read(source, "matches"), source.Texts("operation"));
        source.RefuseOthers();
        return rule;
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
            _ => throw source.Fault(name, "has to be a status or a list of them"),
        };
    }
}
