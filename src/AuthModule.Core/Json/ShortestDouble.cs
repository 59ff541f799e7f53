using System.Globalization;

namespace AuthModule.Json;

/// <summary>The shortest text that reads back as the same number. .NET Framework's own formats are too long or, at times, another number.</summary>
internal static class ShortestDouble
{
    private static readonly string[] Formats = ["G15", "G16", "G17"];

    /// <param name="number">Finite: JSON has no text for others.</param>
    public static string Text(double number)
    {
        string text = string.Empty;
        foreach (string format in Formats)
        {
            text = number.ToString(format, CultureInfo.InvariantCulture);
            if (double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture).Equals(number))
            {
                return text;
            }
        }

        return text;
    }
}
