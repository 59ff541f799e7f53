using System;
using System.Collections.Generic;
using System.Linq;

namespace AuthModule.Json;

/// <summary>
/// One reading of a file that goes on behind a fault, so that all of them are told at once. Readers that have none stop at the
/// first.
/// </summary>
internal sealed class Reading
{
    private readonly List<LocatedJsonException> faults = [];
    private readonly List<(LocatedJson Place, object Found)> noted = [];

    /// <summary>In the order of the file.</summary>
    public IReadOnlyList<LocatedJsonException> Faults => [.. faults.OrderBy(fault => fault.Line)];

    public void Add(LocatedJsonException fault)
    {
        if (!faults.Any(known => known.Line == fault.Line && known.Path == fault.Path && known.Message == fault.Message))
        {
            faults.Add(fault);
        }
    }

    /// <summary>Keeps what can be judged only when all is read.</summary>
    public void Note(LocatedJson place, object found) => noted.Add((place, found));

    /// <summary>What was noted of one kind, with its place.</summary>
    public IEnumerable<(LocatedJson Place, T Found)> Noted<T>() =>
        noted.Where(note => note.Found is T).Select(note => (note.Place, (T)note.Found));

    /// <summary>What a reader makes of a part; the fallback where it cannot be read, and the fault is kept.</summary>
    public T Try<T>(Func<T> read, T fallback)
    {
        try
        {
            return read();
        }
        catch (LocatedJsonException fault)
        {
            Add(fault);
            return fallback;
        }
    }
}
