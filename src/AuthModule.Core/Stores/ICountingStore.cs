using System;
using System.Threading;
using System.Threading.Tasks;

namespace AuthModule.Stores;

/// <summary>A store that can count in one step. What it counts is a plain number, which tells nothing: its name is hidden where names are.</summary>
internal interface ICountingStore
{
    /// <summary>One more than before, 1 at first; the count begins anew a <paramref name="lifetime"/> after that.</summary>
    ValueTask<long> IncrementAsync(string key, TimeSpan lifetime, CancellationToken cancellationToken);
}
