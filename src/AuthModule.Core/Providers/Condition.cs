using System.Collections.Generic;

namespace AuthModule.Providers;

/// <summary>What a reply has to be like: everything that is given fits.</summary>
/// <param name="Place">Looked at; without <see cref="Is"/> and <see cref="Not"/> there has to be something that is not null, false, 0 or empty.</param>
internal sealed record Condition(ReplyPlaces Place)
{
    /// <summary>What is there has to be one of these; empty is anything.</summary>
    public IReadOnlyList<string> Is { get; init; } = [];

    /// <summary>What is there must be none of these; nothing there is none of them.</summary>
    public IReadOnlyList<string> Not { get; init; } = [];

    /// <summary>Empty is any.</summary>
    public IReadOnlyList<int> Status { get; init; } = [];
}
