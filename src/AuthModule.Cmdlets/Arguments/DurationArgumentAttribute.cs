using System;
using System.Globalization;
using System.Management.Automation;
using AuthModule.Requests;
using AuthModule.Pipeline;

namespace AuthModule.Arguments;

/// <summary>
/// Reads durations as people give them: a number is seconds, a text may be <c>90s</c>, <c>30m</c>, <c>12h</c> or <c>7d</c>. PowerShell
/// itself takes a number for ticks, so that 300 would be 30 millionths of a second, and the text <c>300</c> for days.
/// </summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
internal sealed class DurationArgumentAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) => PipelineValue.Unwrap(inputData) switch
    {
        string text => OfText(text.Trim()),
        sbyte or byte or short or ushort or int or uint or long or ulong or float or double or decimal =>
            OfSeconds(Convert.ToDouble(PipelineValue.Unwrap(inputData), CultureInfo.InvariantCulture), inputData!),
        _ => inputData,
    };

    private static TimeSpan OfText(string text)
    {
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long seconds))
        {
            return OfSeconds(seconds, text);
        }

        if (TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out TimeSpan span))
        {
            return span;
        }

        try
        {
            return Duration.Parse(text, string.Empty);
        }
        catch (ConfigurationException)
        {
            throw None(text);
        }
    }

    private static TimeSpan OfSeconds(double seconds, object given) => Math.Abs(seconds) < TimeSpan.MaxValue.TotalSeconds
        ? TimeSpan.FromSeconds(seconds)
        : throw None(given);

    private static ArgumentTransformationMetadataException None(object given) => new(string.Format(
        CultureInfo.InvariantCulture, "'{0}' is not a duration. Give seconds (300), a text such as 90s, 30m, 12h or 7d, or a TimeSpan (00:05:00).", given));
}
