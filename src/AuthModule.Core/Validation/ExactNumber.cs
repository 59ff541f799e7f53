using System;
using System.Globalization;
using System.Numerics;

namespace AuthModule.Validation;

/// <summary>Compares numbers of any types by their value, without rounding either: 9007199254740993 is not 9007199254740992.0.</summary>
internal static class ExactNumber
{
    /// <summary>False also where one of them is no number.</summary>
    public static bool AreEqual(object one, object other) => (one, other) switch
    {
        _ when Whole(one) is { } first => Whole(other) is { } second && first == second,
        (double or float, double or float) => ToDouble(one).Equals(ToDouble(other)),

        // Decimal digits: what a double shows is what was written, 0.1 for 0.1.
        (double or float, decimal wanted) => Digits(one) == wanted,
        (decimal value, double or float) => Digits(other) == value,
        (decimal value, decimal wanted) => value == wanted,
        _ => false,
    };

    private static BigInteger? Whole(object number) => number switch
    {
        sbyte or byte or short or ushort or int or uint or long => Convert.ToInt64(number, CultureInfo.InvariantCulture),
        ulong large => large,
        BigInteger larger => larger,
        double or float when IsWhole(ToDouble(number)) => new BigInteger(ToDouble(number)),
        decimal value when decimal.Truncate(value) == value => new BigInteger(value),
        _ => null,
    };

    private static bool IsWhole(double number) => !double.IsNaN(number) && !double.IsInfinity(number) && Math.Floor(number).Equals(number);

    private static double ToDouble(object number) => Convert.ToDouble(number, CultureInfo.InvariantCulture);

    private static decimal? Digits(object number) =>
        decimal.TryParse(Text(number), NumberStyles.Float, CultureInfo.InvariantCulture, out decimal digits) ? digits : null;

    private static string Text(object number) => ToDouble(number).ToString("R", CultureInfo.InvariantCulture);
}
