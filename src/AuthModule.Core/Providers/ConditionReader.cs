using AuthModule.Json;

namespace AuthModule.Providers;

/// <summary>Reads conditions on replies: places, or an object that says what has to be there.</summary>
internal static class ConditionReader
{
    /// <summary>Null where there is none.</summary>
    public static Condition? Read(LocatedObject source, string name)
    {
        LocatedJson? value = source.Find(name);
        if (value is null)
        {
            return null;
        }

        if (value.Kind is LocatedKind.Text or LocatedKind.List)
        {
            return new Condition(PlaceReader.ReadTexts(source, name));
        }

        if (value.Kind != LocatedKind.Object)
        {
            source.Report(name, "has to be a text, a list of texts or an object");
            return null;
        }

        LocatedObject inner = source.Object(name)!;
        var condition = new Condition(PlaceReader.ReadTexts(inner, "place"))
        {
            Is = ScalarReader.Texts(inner, "is"),
            Not = ScalarReader.Texts(inner, "not"),
            Status = ErrorRulesReader.Statuses(inner, "status"),
        };
        if (condition.Place.Paths.Count == 0 && (condition.Status.Count == 0 || condition.Is.Count + condition.Not.Count > 0))
        {
            source.Report(name, "names no place to look at");
        }

        inner.RefuseOthers();
        return condition;
    }
}
