using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace AuthModule.Stores.Redis;

internal enum RespKind
{
    Null,
    Text,
    Error,
    Integer,
    Bytes,
    List,

    /// <summary>Not an answer: a message that the server sends of its own accord.</summary>
    Push,
}

/// <summary>One value of the Redis protocol, of RESP2 or RESP3; the many types of the latter fall into these few.</summary>
internal sealed class RespValue
{
    public static RespValue Null { get; } = new() { Kind = RespKind.Null };

    public required RespKind Kind { get; init; }

    public long Integer { get; init; }

    public byte[]? Bytes { get; init; }

    public IReadOnlyList<RespValue> Items { get; init; } = [];

    public bool IsNull => Kind == RespKind.Null;

    public bool IsOk => Kind == RespKind.Text && Text == "OK";

    /// <summary>Texts, errors, bytes and numbers as a text; null else.</summary>
    public string? Text => Kind switch
    {
        RespKind.Text or RespKind.Error or RespKind.Bytes => Encoding.UTF8.GetString(Bytes!),
        RespKind.Integer => Integer.ToString(CultureInfo.InvariantCulture),
        _ => null,
    };
}
