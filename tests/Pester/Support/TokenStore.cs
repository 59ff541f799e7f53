#nullable enable
using System;
using System.Collections.Concurrent;
using System.Threading;
using System.Threading.Tasks;

namespace AuthModule.Pester;

/// <summary>A store as a user writes one, in the memory of this process. LocalIssuer.Tests.ps1 compiles it.</summary>
public sealed class TokenStore : ITokenStore
{
    private readonly SemaphoreSlim gate = new(1, 1);

    public ConcurrentDictionary<string, byte[]> Values { get; } = new(StringComparer.Ordinal);

    public string Name => "mine";

    public ValueTask<byte[]?> GetAsync(string key, CancellationToken cancellationToken) => new(Values.TryGetValue(key, out byte[]? value) ? value : null);

    public ValueTask SetAsync(string key, byte[] value, TimeSpan? lifetime, CancellationToken cancellationToken)
    {
        Values[key] = value;
        return default;
    }

    public ValueTask<bool> AddAsync(string key, byte[] value, TimeSpan? lifetime, CancellationToken cancellationToken) => new(Values.TryAdd(key, value));

    public ValueTask<byte[]?> TakeAsync(string key, CancellationToken cancellationToken) => new(Values.TryRemove(key, out byte[]? value) ? value : null);

    public ValueTask<bool> RemoveAsync(string key, CancellationToken cancellationToken) => new(Values.TryRemove(key, out _));

    public async ValueTask<IStoreLock> LockAsync(string key, TimeSpan lease, CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken);
        return new Held(gate);
    }

    private sealed class Held(SemaphoreSlim gate) : IStoreLock
    {
        public ValueTask<bool> IsHeldAsync(CancellationToken cancellationToken) => new(true);

        public ValueTask DisposeAsync()
        {
            gate.Release();
            return default;
        }
    }
}
