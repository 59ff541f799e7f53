using System.Collections.Generic;

namespace AuthModule.Providers;

/// <summary>Where the facts of a description were read: whoever doubts one looks there.</summary>
/// <param name="Pages">Addresses, at least one.</param>
/// <param name="Read">The day, as <c>yyyy-MM-dd</c>.</param>
internal sealed record FactSource(IReadOnlyList<string> Pages, string Read);
