using System.Collections.Generic;
using System.Threading;

namespace AuthModule.Stores;

/// <summary>A store that can say what it holds. Only keepers of sessions need it, so a store of the user's own need not have it.</summary>
internal interface IListedStore
{
    /// <summary>
    /// Names and values of the live entries, in no order; one that comes or goes meanwhile may be there or not. Damaged ones are left out and
    /// stay where they are: whoever reads one by its name reports it.
    /// </summary>
    IAsyncEnumerable<KeyValuePair<string, byte[]>> ListAsync(CancellationToken cancellationToken);
}
