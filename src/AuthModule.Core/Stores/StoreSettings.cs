using System;
using AuthModule.Platform;
using AuthModule.Stores.Redis;

namespace AuthModule.Stores;

/// <summary>What stores are made with.</summary>
internal sealed record StoreSettings(TimeProvider Clock, IEnvironment Environment)
{
    /// <summary>One object for all, as connections are shared by those who have the same.</summary>
    public RedisStoreSettings Redis { get; init; } = new(Clock);
}
