using System.Collections.Concurrent;
using System.Threading;
using AuthModule.Jose.Tokens;

namespace AuthModule.Validation;

/// <summary>
/// What is known of tokens that were seen lately, by their digest. Bounded: when one generation is full, the one before it is
/// let go, and what is still asked for has moved on by then.
/// </summary>
internal sealed class RecentTokens<TValue>(int maxPerGeneration = 4096)
    where TValue : class
{
    private ConcurrentDictionary<TokenDigest, TValue> young = new(1, 509);
    private ConcurrentDictionary<TokenDigest, TValue> old = new();
    private int count;

    public TValue? Find(TokenDigest token)
    {
        if (young.TryGetValue(token, out TValue? value))
        {
            return value;
        }

        if (old.TryGetValue(token, out value))
        {
            Keep(token, value);
            return value;
        }

        return null;
    }

    public void Keep(TokenDigest token, TValue value)
    {
        if (!young.TryAdd(token, value))
        {
            young[token] = value;
        }
        else if (Interlocked.Increment(ref count) >= maxPerGeneration)
        {
            old = Interlocked.Exchange(ref young, new ConcurrentDictionary<TokenDigest, TValue>());
            Interlocked.Exchange(ref count, 0);
        }
    }

    public void Forget(TokenDigest token)
    {
        young.TryRemove(token, out _);
        old.TryRemove(token, out _);
    }
}
