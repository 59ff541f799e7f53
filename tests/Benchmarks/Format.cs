using System;
using System.Globalization;

namespace AuthModule.Benchmarks;

/// <summary>Numbers as the table shows them, the same in every culture.</summary>
internal static class Format
{
    public static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    public static string Time(double nanoseconds) => nanoseconds switch
    {
        < 1_000 => Text($"{nanoseconds:0} ns"),
        < 1_000_000 => Text($"{nanoseconds / 1_000:0.0#} µs"),
        < 10_000_000_000 => Text($"{nanoseconds / 1_000_000:0.#} ms"),
        _ => Text($"{nanoseconds / 1_000_000_000:0.0} s"),
    };

    public static string Bytes(double bytes) => bytes < 0.5 ? "0 B" : Text($"{bytes:N0} B");
}
