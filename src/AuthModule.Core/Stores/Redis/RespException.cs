using System;

namespace AuthModule.Stores.Redis;

/// <summary>The connection is of no more use. Never leaves the Redis folder: <see cref="RespClient"/> makes a store error of it.</summary>
internal sealed class RespException(string message, Exception? cause = null) : Exception(message, cause);
