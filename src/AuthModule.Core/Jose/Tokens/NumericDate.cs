using System;
using System.Collections.Generic;

namespace AuthModule.Jose.Tokens;

/// <summary>What a claim that should be a time is.</summary>
internal enum NumericDateState
{
    Missing,
    Valid,

    /// <summary>A text, NaN, a time outside the calendar: nothing to compare with a clock.</summary>
    Invalid,
}

/// <summary>Seconds since 1970 as a JSON number (RFC 7519, section 2). A text is refused: what reads it leniently elsewhere may read it differently.</summary>
internal static class NumericDate
{
    // The last second of the year 9999. Milliseconds by mistake and numbers meant as "never" are beyond it.
    private const double Latest = 253402300799;
    private const double Earliest = 0;

    public static NumericDateState Read(IReadOnlyDictionary<string, object?> claims, string name, out DateTimeOffset time)
    {
        time = default;
        if (!claims.TryGetValue(name, out object? value))
        {
            return NumericDateState.Missing;
        }

        double seconds = value switch
        {
            long whole => whole,
            double number => number,
            _ => double.NaN,
        };

        // NaN fails both comparisons.
        if (!(seconds >= Earliest && seconds <= Latest))
        {
            return NumericDateState.Invalid;
        }

        time = DateTimeOffset.FromUnixTimeSeconds((long)seconds);
        double fraction = seconds - Math.Floor(seconds);
        if (fraction > 0)
        {
            time = time.AddTicks((long)(fraction * TimeSpan.TicksPerSecond));
        }

        return NumericDateState.Valid;
    }

    public static DateTimeOffset? ReadOptional(IReadOnlyDictionary<string, object?> claims, string name) =>
        Read(claims, name, out DateTimeOffset time) == NumericDateState.Valid ? time : null;
}
