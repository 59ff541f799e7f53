using System;
using System.Collections.Generic;
using AuthModule.Secrets;
using StackExchange.Redis;
using StackExchange.Redis.Configuration;

namespace AuthModule.Stores.Redis;

/// <summary>How the library is set up.</summary>
internal static class RedisSettings
{
    // No second connection for messages that nobody listens to; DEL, PING in place of what fewer users may do.
    private static readonly HashSet<string> Unused = ["SUBSCRIBE", "PSUBSCRIBE", "UNSUBSCRIBE", "PUNSUBSCRIBE", "SSUBSCRIBE", "SUNSUBSCRIBE", "CONFIG", "ECHO", "UNLINK"];

    /// <param name="address">Whose protocol.</param>
    /// <param name="hosts">Which to connect to.</param>
    /// <param name="user">Null for the Redis' own default user.</param>
    /// <param name="tunnel">Opens the connections.</param>
    public static ConfigurationOptions Of(RedisAddress address, IEnumerable<RedisHost> hosts, Credential user, Tunnel tunnel)
    {
        int timeout = (int)RedisConnector.Timeout.TotalMilliseconds;
        var options = new ConfigurationOptions
        {
            AbortOnConnectFail = true,
            BacklogPolicy = BacklogPolicy.FailFast,
            ConfigurationChannel = string.Empty,
            TieBreaker = string.Empty,
            ClientName = "authmodule",
            CommandMap = CommandMap.Create(Unused, available: false),
            ConnectRetry = 1,
            ConnectTimeout = timeout,
            SyncTimeout = timeout,
            AsyncTimeout = timeout,
            KeepAlive = 15,
            IncludeDetailInExceptions = false,
            IncludePerformanceCountersInExceptions = false,
            SocketManager = SocketManager.ThreadPool,
            Tunnel = tunnel,
            Protocol = address.Protocol switch { 2 => RedisProtocol.Resp2, 3 => RedisProtocol.Resp3, _ => null },
            Defaults = user,
        };
        foreach (RedisHost host in hosts)
        {
            options.EndPoints.Add(host.ToEndPoint());
        }

        return options;
    }

    /// <summary>User and password, asked for at each new connection: a password that is a token changes.</summary>
    public sealed class Credential(string? user, Secret? password) : DefaultOptionsProvider
    {
        private volatile Secret? current = password;

        public Secret? Current
        {
            get => current;
            set => current = value;
        }

        public override string? User => current is null ? null : user;

        public override string? Password => current?.Reveal();

        // The library's own would ask an assembly for its version and a machine for its name.
        protected override string GetDefaultClientName() => "authmodule";
    }
}
