using System;
using System.Collections.Generic;
using System.Linq;
using AuthModule.Json;

namespace AuthModule.Providers;

/// <summary>Reads places of replies: a text, a list of texts, or an object that says what of the text is the value.</summary>
internal static class PlaceReader
{
    public static ReplyPlaces Read(LocatedObject source, string name, ReplyPlaces standard)
    {
        LocatedJson? value = source.Find(name);
        if (value is null)
        {
            return standard;
        }

        if (value.Kind is LocatedKind.Text or LocatedKind.List)
        {
            return ReadTexts(source, name);
        }

        if (value.Kind != LocatedKind.Object)
        {
            source.Report(name, "has to be a text, a list of texts or an object");
            return standard;
        }

        LocatedObject inner = source.Object(name)!;
        ReplyPlaces places = ReadObject(inner);
        inner.RefuseOthers();
        return places;
    }

    /// <summary>The fields <c>from</c> and <c>match</c> of an object, which may have others.</summary>
    public static ReplyPlaces ReadObject(LocatedObject source)
    {
        if (!source.Has("from"))
        {
            source.Report("from", "is missing");
        }

        return ReadTexts(source, "from") with { Match = PatternReader.Read(source, "match") };
    }

    /// <summary>A text or a list of texts.</summary>
    public static ReplyPlaces ReadTexts(LocatedObject source, string name)
    {
        var paths = new List<ReplyPath>();
        foreach (string text in source.Texts(name))
        {
            try
            {
                paths.Add(ReplyPath.Parse(text));
            }
            catch (FormatException fault)
            {
                source.Report(name, fault.Message);
            }
        }

        return new ReplyPlaces(paths);
    }
}
