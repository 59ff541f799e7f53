using System.Threading;
using System.Threading.Tasks;

namespace AuthModule.Core.Tests.Stores;

/// <summary>For a test that writes into a store past its locks.</summary>
internal sealed class FreeLock : IStoreLock
{
    public static FreeLock Instance { get; } = new();

    public ValueTask<bool> IsHeldAsync(CancellationToken cancellationToken) => new(true);

    public ValueTask DisposeAsync() => default;
}
