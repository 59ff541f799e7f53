using System;
using System.Threading;
using System.Threading.Tasks;
using StackExchange.Redis;

namespace AuthModule.Stores.Redis;

/// <summary>Runs the scripts of locks in one database. Each may be run twice: the second time finds what the first did.</summary>
internal sealed class RedisScripts(RedisClient client, int database)
{
    /// <summary>How long ago another node took over; null where none has.</summary>
    public TimeSpan? SinceFailover => client.SinceFailover;

    /// <summary>
    /// The same for a script that must not be the first to run after a failover: where another node has taken over while the call
    /// waited, the entry is only looked for, and null says so.
    /// </summary>
    public Task<RedisResult?> RunUnlessFailedOverAsync(string script, RedisKey[] keys, RedisValue[] values, CancellationToken cancellationToken)
    {
        int tries = 0;
        string entry = keys[keys.Length - 1]!;
        return client.RunAsync<RedisResult?>(
            new RedisCall("EVAL", entry, database, IsRepeatable: true),
            async (_, place) =>
            {
                if (tries++ == 0 || client.SinceFailover is null)
                {
                    return await place.ScriptEvaluateAsync(script, keys, values, CommandFlags.DemandMaster | CommandFlags.NoScriptCache).ConfigureAwait(false);
                }

                await place.KeyExistsAsync(entry, CommandFlags.DemandMaster).ConfigureAwait(false);
                client.NoteFailover();
                return null;
            },
            cancellationToken);
    }

    /// <param name="script">Lua.</param>
    /// <param name="keys">All in one slot; the last one is the entry.</param>
    /// <param name="values">Its arguments.</param>
    /// <param name="isKept">What it wrote has to outlive the node where that is possible.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public Task<RedisResult> RunAsync(string script, RedisKey[] keys, RedisValue[] values, bool isKept, CancellationToken cancellationToken)
    {
        string entry = keys[keys.Length - 1]!;
        return client.RunAsync(
            new RedisCall("EVAL", entry, database, IsRepeatable: true),
            async (connection, place) =>
            {
                RedisResult answer = await place.ScriptEvaluateAsync(script, keys, values, CommandFlags.DemandMaster | CommandFlags.NoScriptCache).ConfigureAwait(false);
                if (isKept)
                {
                    await connection.ReplicateAsync(database, entry).ConfigureAwait(false);
                }

                return answer;
            },
            cancellationToken);
    }
}
