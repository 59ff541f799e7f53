using System;
using System.Collections.Generic;
using System.Linq;
using AuthModule.Providers;
using AuthModule.Secrets;

namespace AuthModule.Tokens;

/// <summary>A value of a reply that stays with the session: a text that may be seen, or a secret.</summary>
/// <param name="Name">The place that it fills.</param>
/// <param name="Text">Null where it is a secret.</param>
/// <param name="Hidden">Null where it may be seen.</param>
internal sealed record KeptValue(string Name, string? Text, Secret? Hidden)
{
    public override string ToString() => Name;
}

/// <summary>Kept values together.</summary>
internal static class KeptValues
{
    /// <summary>The later ones in place of those of the same name.</summary>
    public static IReadOnlyList<KeptValue> Merge(IReadOnlyList<KeptValue> earlier, IReadOnlyList<KeptValue> later) =>
        later.Count == 0 ? earlier
        : earlier.Count == 0 ? later
        : [.. earlier.Where(old => !later.Any(value => string.Equals(value.Name, old.Name, StringComparison.OrdinalIgnoreCase))), .. later];

    /// <summary>Makes them places; what the caller gave under the same name counts before.</summary>
    public static void SetInto(TemplateValues values, IReadOnlyList<KeptValue> kept)
    {
        foreach (KeptValue value in kept)
        {
            if (values.Has(value.Name))
            {
                continue;
            }

            values.Set(value.Name, value.Text);
            values.Set(value.Name, value.Hidden);
        }
    }
}
