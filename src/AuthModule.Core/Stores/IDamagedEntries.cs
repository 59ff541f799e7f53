using System.Threading;
using System.Threading.Tasks;

namespace AuthModule.Stores;

/// <summary>A store that can put a damaged entry out of the way without losing it.</summary>
internal interface IDamagedEntries
{
    /// <summary>Where it is kept now, as a message names it; null when there was nothing any more.</summary>
    ValueTask<string?> SetAsideAsync(string key, CancellationToken cancellationToken);
}
