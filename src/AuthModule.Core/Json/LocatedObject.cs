using System;
using System.Collections.Generic;
using System.Linq;

namespace AuthModule.Json;

/// <summary>Reads the members of an object by name and kind; what nobody asked for is an error, so a misspelt name is found.</summary>
internal sealed class LocatedObject
{
    private readonly LocatedJson source;
    private readonly Dictionary<string, LocatedJson> members;
    private readonly HashSet<string> asked = new(StringComparer.Ordinal);

    public LocatedObject(LocatedJson source)
    {
        if (source.Kind != LocatedKind.Object)
        {
            throw new LocatedJsonException(source.Line, source.Path, "has to be an object");
        }

        this.source = source;
        members = source.Members.ToDictionary(member => member.Key, member => member.Value, StringComparer.Ordinal);
    }

    public LocatedJson? Find(string name)
    {
        asked.Add(name);
        return members.TryGetValue(name, out LocatedJson? value) && value.Kind != LocatedKind.Null ? value : null;
    }

    public bool Has(string name) => Find(name) is not null;

    public string? Text(string name)
    {
        LocatedJson? value = Find(name);
        return value is null ? null : Expect(value, LocatedKind.Text, "a text").Text;
    }

    public string RequiredText(string name) =>
        Text(name) is { Length: > 0 } text ? text : throw Fault(name, "is missing");

    /// <summary>One of a few words; null when it is not there.</summary>
    public string? Word(string name, IReadOnlyList<string> words)
    {
        string? word = Text(name);
        return word is null || words.Contains(word)
            ? word
            : throw Fault(name, $"'{word}' is not one of {string.Join(", ", words)}");
    }

    public bool Flag(string name)
    {
        LocatedJson? value = Find(name);
        return value is not null && Expect(value, LocatedKind.Flag, "true or false").Flag;
    }

    public int? Integer(string name, int least, int most)
    {
        LocatedJson? value = Find(name);
        if (value is null)
        {
            return null;
        }

        double number = Expect(value, LocatedKind.Number, "a number").Number;
        return Math.Floor(number) == number && number >= least && number <= most
            ? (int)number
            : throw new LocatedJsonException(value.Line, value.Path, $"has to be a whole number from {least} to {most}");
    }

    /// <summary>A list of texts; a single text counts as a list of one. Empty when it is not there.</summary>
    public IReadOnlyList<string> Texts(string name)
    {
        LocatedJson? value = Find(name);
        return value?.Kind switch
        {
            null => [],
            LocatedKind.Text => [value.Text],
            _ => [.. Expect(value, LocatedKind.List, "a list of texts").Items.Select(item => Expect(item, LocatedKind.Text, "a text").Text)],
        };
    }

    public IReadOnlyList<LocatedJson> List(string name)
    {
        LocatedJson? value = Find(name);
        return value is null ? [] : Expect(value, LocatedKind.List, "a list").Items;
    }

    public LocatedObject? Object(string name) => Find(name) is { } value ? new LocatedObject(value) : null;

    /// <summary>The members of an object whose names are the author's own, in their order.</summary>
    public IReadOnlyList<KeyValuePair<string, LocatedJson>> Map(string name) =>
        Find(name) is { } value ? Expect(value, LocatedKind.Object, "an object").Members : [];

    public LocatedJsonException Fault(string name, string fault)
    {
        string path = source.Path.Length == 0 ? name : $"{source.Path}.{name}";
        return new LocatedJsonException(members.TryGetValue(name, out LocatedJson? value) ? value.Line : source.Line, path, fault);
    }

    /// <summary>Call last.</summary>
    /// <exception cref="LocatedJsonException">A member that no reader asked for.</exception>
    public void RefuseOthers()
    {
        foreach (KeyValuePair<string, LocatedJson> member in source.Members)
        {
            if (!asked.Contains(member.Key) && !member.Key.StartsWith('$'))
            {
                throw new LocatedJsonException(
                    member.Value.Line,
                    member.Value.Path,
                    $"is not a field that is known here; known are {string.Join(", ", asked.OrderBy(name => name, StringComparer.Ordinal))}");
            }
        }
    }

    private static LocatedJson Expect(LocatedJson value, LocatedKind kind, string what) =>
        value.Kind == kind ? value : throw new LocatedJsonException(value.Line, value.Path, $"has to be {what}");
}
