using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using AuthModule.Json;

namespace AuthModule.Providers;

/// <summary>Reads values that are compared with those of replies: texts, numbers, true and false, as texts.</summary>
internal static class ScalarReader
{
    /// <summary>One or a list of them; empty where there is none.</summary>
    public static IReadOnlyList<string> Texts(LocatedObject source, string name)
    {
        LocatedJson? value = source.Find(name);
        return value?.Kind switch
        {
            null => [],
            LocatedKind.List => [.. value.Items.Select(item => Text(source, item))],
            _ => [Text(source, value)],
        };
    }

    private static string Text(LocatedObject source, LocatedJson value)
    {
        switch (value.Kind)
        {
            case LocatedKind.Text:
                return value.Text;
            case LocatedKind.Number:
                return value.Number.ToString("R", CultureInfo.InvariantCulture);
            case LocatedKind.Flag:
                return value.Flag ? "true" : "false";
            default:
                source.Report(new LocatedJsonException(value.Line, value.Path, "has to be a text, a number, true or false"));
                return string.Empty;
        }
    }
}
