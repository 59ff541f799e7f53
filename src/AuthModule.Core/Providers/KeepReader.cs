using System.Collections.Generic;
using System.Linq;
using AuthModule.Json;

namespace AuthModule.Providers;

/// <summary>Reads what a description keeps of a reply.</summary>
internal static class KeepReader
{
    public static IReadOnlyList<KeepDescription> ReadAll(LocatedObject source)
    {
        var kept = new List<KeepDescription>();
        foreach (KeyValuePair<string, LocatedJson> member in source.Map("keep"))
        {
            if (member.Value.Kind == LocatedKind.Null || member.Key.StartsWith('$'))
            {
                continue;
            }

            if (!member.Key.All(TemplatePart.IsNameLetter) || member.Key.Length == 0)
            {
                source.Report(new LocatedJsonException(member.Value.Line, member.Value.Path, "is not a name that a place can have"));
            }
            else if (TemplatePlaces.All.Contains(member.Key, System.StringComparer.OrdinalIgnoreCase) || member.Key.StartsWith(TemplatePlaces.KeyPrefix, System.StringComparison.OrdinalIgnoreCase))
            {
                source.Report(new LocatedJsonException(member.Value.Line, member.Value.Path, $"has the name of a place of ours, {{{member.Key}}}; choose another"));
            }

            var description = Read(member.Key, member.Value, source.Reading);
            source.Reading?.Note(member.Value, description);
            kept.Add(description);
        }

        return kept;
    }

    private static KeepDescription Read(string name, LocatedJson value, Reading? reading)
    {
        if (value.Kind != LocatedKind.Object)
        {
            // As a member of an object of its own, so that one reader knows what a place is.
            return new KeepDescription(name, PlaceReader.Read(LocatedObject.Around(name, value, reading), name, ReplyPlaces.None));
        }

        var source = new LocatedObject(value, reading);
        var kept = new KeepDescription(name, PlaceReader.ReadObject(source))
        {
            IsSecret = source.Flag("secret"),
            IsRequired = source.Flag("required"),
            IsAddress = source.Flag("address"),
        };
        source.RefuseOthers();
        return kept;
    }
}
