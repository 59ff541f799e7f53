using System;
using System.Text;
using System.Threading;

namespace AuthModule.Stores.Redis;

/// <summary>What went wrong while connections were opened: the most telling of it.</summary>
internal sealed class RedisReport
{
    private RedisFailure? worst;
    private int isClosed;

    public bool IsOpen => Volatile.Read(ref isClosed) == 0;

    /// <summary>Null where nothing is known.</summary>
    public RedisFailure? Worst => Volatile.Read(ref worst);

    /// <summary>The connection is made: from now on answers belong to callers.</summary>
    public void Close() => Volatile.Write(ref isClosed, 1);

    public void Add(RedisFailure failure)
    {
        RedisFailure? known = Volatile.Read(ref worst);
        if (known is null || failure.Rank > known.Rank)
        {
            Volatile.Write(ref worst, failure);
        }
    }

    /// <summary>Looks for errors among the answers to a handshake. Only their codes are taken, no word of the server.</summary>
    public void Look(ReadOnlySpan<byte> answers)
    {
        if (answers.IndexOf((byte)'-') < 0)
        {
            return;
        }

        foreach (string line in Encoding.ASCII.GetString(answers.ToArray()).Split('\n'))
        {
            if (line.StartsWith('-') && RedisFailure.OfHandshake(line.Substring(1)) is { } failure)
            {
                Add(failure);
            }
        }
    }
}
