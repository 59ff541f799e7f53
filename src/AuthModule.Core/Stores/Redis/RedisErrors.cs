using System;
using System.Net.Sockets;
using StackExchange.Redis;

namespace AuthModule.Stores.Redis;

/// <summary>What the library throws, as what it means.</summary>
internal static class RedisErrors
{
    /// <summary>Null for what is no failure of a Redis.</summary>
    public static RedisFailure? Of(Exception cause, RedisCall call) => cause switch
    {
        RedisFailureException known => known.Failure,
        RedisServerException answer => RedisFailure.OfAnswer(answer.Message, call.Command, call.Key),
        RedisConnectionException { FailureType: ConnectionFailureType.UnableToResolvePhysicalConnection } =>
            RedisFailure.Unreachable("the node that has the entry, or takes writes, cannot be reached"),
        RedisConnectionException { FailureType: ConnectionFailureType.UnableToConnect } => RedisFailure.Unreachable("it cannot be reached"),
        RedisConnectionException { FailureType: ConnectionFailureType.AuthenticationFailure } auth =>
            RedisFailure.OfAnswer(auth.InnerException?.Message.Contains("NOAUTH") == true ? "NOAUTH" : "WRONGPASS", call.Command, call.Key),
        RedisConnectionException { InnerException: SocketException { SocketErrorCode: SocketError.ConnectionRefused } } => RedisFailure.Unreachable("the connection was refused"),
        RedisConnectionException broken => RedisFailure.Broken with { WasNotDone = broken.CommandStatus is CommandStatus.WaitingToBeSent or CommandStatus.WaitingInBacklog },
        RedisTimeoutException late => RedisFailure.Late(RedisConnector.Timeout) with { WasNotDone = late.Commandstatus is CommandStatus.WaitingToBeSent or CommandStatus.WaitingInBacklog },
        TimeoutException => RedisFailure.Late(RedisConnector.Timeout) with { WasNotDone = false },
        ObjectDisposedException => RedisFailure.Broken,
        RedisCommandException or RedisException => RedisFailure.OfAnswer(string.Empty, call.Command, call.Key),
        _ => null,
    };
}

/// <summary>What is asked of a Redis.</summary>
/// <param name="Command">As messages name it.</param>
/// <param name="Key">Of which entry; null where it is about none.</param>
/// <param name="Database">Its number.</param>
/// <param name="IsRepeatable">Doing it twice is the same as doing it once.</param>
internal sealed record RedisCall(string Command, string? Key, int Database, bool IsRepeatable);
