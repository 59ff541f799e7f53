using System;

namespace AuthModule.Stores.Redis;

/// <summary>Never leaves the Redis folder: <see cref="RedisClient"/> makes a store error of it.</summary>
internal sealed class RedisFailureException(RedisFailure failure, Exception? cause = null) : Exception(failure.Words, cause)
{
    public RedisFailure Failure { get; } = failure;
}
