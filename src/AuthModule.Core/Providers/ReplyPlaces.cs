using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;

namespace AuthModule.Providers;

/// <summary>Places of a reply of which the first that is there counts, and what of the text there is the value.</summary>
internal sealed record ReplyPlaces(IReadOnlyList<ReplyPath> Paths)
{
    public static ReplyPlaces None { get; } = new([]);

    /// <summary>The first group of its match is the value, else the match; null takes the whole text.</summary>
    public Regex? Match { get; init; }

    /// <summary>Whether something can be there without a body that is JSON.</summary>
    public bool NeedsNoJson => Paths.Any(path => path.Part != ReplyPart.Member);

    public static ReplyPlaces Of(params string[] paths) => new([.. paths.Select(ReplyPath.Parse)]);
}
