using System;
using System.Collections.Generic;
using System.Linq;
using AuthModule.Json;

namespace AuthModule.Profiles.Chain;

/// <summary>Reads the ways of a profile's <c>chain</c>: a name, or an object with <c>way</c> and the fields that count for this way only.</summary>
internal static class ChainReader
{
    public const string Field = "chain";

    private const string WayField = "way";

    /// <param name="source">The profile's fields; takes the faults.</param>
    /// <param name="profile">What the profile says for all ways.</param>
    /// <param name="file">The file.</param>
    /// <param name="folder">What its paths are relative to.</param>
    public static IReadOnlyList<ChainEntry> Read(LocatedObject source, ProfileDescription profile, string file, ProfileFolder folder)
    {
        var entries = new List<ChainEntry>();
        foreach (LocatedJson item in source.List(Field))
        {
            if (Read(item, source, profile, file, folder) is { } entry)
            {
                entries.Add(entry);
            }
        }

        return entries;
    }

    private static ChainEntry? Read(LocatedJson item, LocatedObject source, ProfileDescription profile, string file, ProfileFolder folder)
    {
        if (item.Kind == LocatedKind.Text)
        {
            return Find(item, item.Text, source) is { } named ? Complete(new ChainEntry(named, ChainEntry.Merge(profile, Nothing(profile))), item, source) : null;
        }

        if (item.Kind != LocatedKind.Object)
        {
            source.Report(new LocatedJsonException(item.Line, item.Path, "has to be the name of a way to sign in, or an object with way"));
            return null;
        }

        var fields = new LocatedObject(item, source.Reading);
        ProfileDescription own = new ProfileFields(profile.Name, fields, file, folder).Read();
        string name = fields.RequiredText(WayField);
        ISignInWay? way = name.Length == 0 ? null : Find(fields.Find(WayField)!, name, source);
        fields.RefuseOthers();
        return way is null ? null : Complete(new ChainEntry(way, ChainEntry.Merge(profile, own)), item, source);
    }

    private static ISignInWay? Find(LocatedJson place, string name, LocatedObject source)
    {
        if (SignInWays.Find(name) is { } way)
        {
            return way;
        }

        source.Report(new LocatedJsonException(place.Line, place.Path, $"is no way to sign in{NearName.Hint(name, SignInWays.Names)}; there are {string.Join(", ", SignInWays.Names)}"));
        return null;
    }

    private static ChainEntry Complete(ChainEntry entry, LocatedJson item, LocatedObject source)
    {
        if (entry.Way.RequiredField is { } field && !Has(entry.Profile, field))
        {
            source.Report(new LocatedJsonException(item.Line, item.Path, $"needs the field {field}, in the profile or beside way"));
        }

        return entry;
    }

    private static bool Has(ProfileDescription profile, string field) =>
        field == "clientKey" ? profile.ClientKey is not null : profile.Secrets.Any(secret => string.Equals(secret.Field, field, StringComparison.Ordinal));

    private static ProfileDescription Nothing(ProfileDescription profile) => new() { Name = profile.Name, Source = profile.Source };
}
