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

    /// <param name="source">The object.</param>
    /// <param name="reading">Takes the faults, so that reading goes on; null ends it at the first.</param>
    public LocatedObject(LocatedJson source, Reading? reading = null)
    {
        Reading = reading;
        this.source = source;
        if (source.Kind != LocatedKind.Object)
        {
            Report(new LocatedJsonException(source.Line, source.Path, "has to be an object"));
        }

        members = source.Members.ToDictionary(member => member.Key, member => member.Value, StringComparer.Ordinal);
    }

    private LocatedObject(LocatedJson value, string name, Reading? reading)
    {
        Reading = reading;
        source = value;
        members = new Dictionary<string, LocatedJson>(StringComparer.Ordinal) { [name] = value };
    }

    /// <summary>Null where the first fault ends it.</summary>
    public Reading? Reading { get; }

    /// <summary>A value whose name the author chose, as a member that can be read by name.</summary>
    public static LocatedObject Around(string name, LocatedJson value, Reading? reading) => new(value, name, reading);

    public LocatedJson? Find(string name)
    {
        asked.Add(name);
        return members.TryGetValue(name, out LocatedJson? value) && value.Kind != LocatedKind.Null ? value : null;
    }

    public bool Has(string name) => Find(name) is not null;

    public string? Text(string name)
    {
        LocatedJson? value = Find(name);
        return value is null || !Is(value, LocatedKind.Text, "a text") ? null : value.Text;
    }

    public string RequiredText(string name) =>
        Text(name) is { Length: > 0 } text ? text : Missing(name);

    /// <summary>One of a few words; null when it is not there.</summary>
    public string? Word(string name, IReadOnlyList<string> words)
    {
        string? word = Text(name);
        if (word is null || words.Contains(word))
        {
            return word;
        }

        Report(Fault(name, $"'{word}'{NearName.Hint(word, words)} is not one of {string.Join(", ", words)}"));
        return null;
    }

    public bool Flag(string name)
    {
        LocatedJson? value = Find(name);
        return value is not null && Is(value, LocatedKind.Flag, "true or false") && value.Flag;
    }

    public int? Integer(string name, int least, int most)
    {
        LocatedJson? value = Find(name);
        if (value is null || !Is(value, LocatedKind.Number, "a number"))
        {
            return null;
        }

        double number = value.Number;
        if (Math.Floor(number) == number && number >= least && number <= most)
        {
            return (int)number;
        }

        Report(new LocatedJsonException(value.Line, value.Path, $"has to be a whole number from {least} to {most}"));
        return null;
    }

    /// <summary>A list of texts; a single text counts as a list of one. Empty when it is not there.</summary>
    public IReadOnlyList<string> Texts(string name)
    {
        LocatedJson? value = Find(name);
        return value?.Kind switch
        {
            null => [],
            LocatedKind.Text => [value.Text],
            _ => Is(value, LocatedKind.List, "a list of texts")
                ? [.. value.Items.Where(item => Is(item, LocatedKind.Text, "a text")).Select(item => item.Text)]
                : [],
        };
    }

    public IReadOnlyList<LocatedJson> List(string name)
    {
        LocatedJson? value = Find(name);
        return value is null || !Is(value, LocatedKind.List, "a list") ? [] : value.Items;
    }

    public LocatedObject? Object(string name) => Find(name) is { } value ? new LocatedObject(value, Reading) : null;

    /// <summary>The members of an object whose names are the author's own, in their order.</summary>
    public IReadOnlyList<KeyValuePair<string, LocatedJson>> Map(string name) =>
        Find(name) is { } value && Is(value, LocatedKind.Object, "an object") ? value.Members : [];

    public LocatedJsonException Fault(string name, string fault)
    {
        if (members.TryGetValue(name, out LocatedJson? value))
        {
            return new LocatedJsonException(value.Line, value.Path, fault);
        }

        return new LocatedJsonException(source.Line, source.Path.Length == 0 ? name : $"{source.Path}.{name}", fault);
    }

    /// <summary>Keeps a fault, or throws it where the first one ends the reading.</summary>
    public void Report(LocatedJsonException fault)
    {
        if (Reading is not { } reading)
        {
            throw fault;
        }

        reading.Add(fault);
    }

    /// <summary>The same for a member.</summary>
    public void Report(string name, string fault) => Report(Fault(name, fault));

    /// <summary>Call last.</summary>
    /// <exception cref="LocatedJsonException">A member that no reader asked for.</exception>
    public void RefuseOthers()
    {
        foreach (KeyValuePair<string, LocatedJson> member in source.Members)
        {
            if (!asked.Contains(member.Key) && !member.Key.StartsWith('$'))
            {
                Report(new LocatedJsonException(
                    member.Value.Line,
                    member.Value.Path,
                    $"is not a field that is known here{NearName.Hint(member.Key, asked)}; known are {string.Join(", ", asked.OrderBy(name => name, StringComparer.Ordinal))}"));
            }
        }
    }

    private string Missing(string name)
    {
        Report(Fault(name, "is missing"));
        return string.Empty;
    }

    private bool Is(LocatedJson value, LocatedKind kind, string what)
    {
        if (value.Kind == kind)
        {
            return true;
        }

        Report(new LocatedJsonException(value.Line, value.Path, $"has to be {what}"));
        return false;
    }
}
