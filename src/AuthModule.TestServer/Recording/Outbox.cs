using System;
using System.Collections.Generic;
using System.Linq;

namespace AuthModule.TestServer.Recording;

/// <summary>A message that a real server would send by phone or mail.</summary>
internal sealed record OutboxMessage(string Channel, string To, string Code)
{
    /// <summary>Without the code: a record prints every member.</summary>
    public override string ToString() => $"{Channel} to {To}";
}

/// <summary>What was sent to phones and mailboxes: nothing leaves the process, tests and the demo read it here.</summary>
internal sealed class Outbox
{
    private const int Capacity = 1000;

    private readonly object gate = new();
    private readonly List<OutboxMessage> messages = [];

    /// <summary>Told of each message as it is sent; null tells nobody.</summary>
    public Action<OutboxMessage>? Sent { get; set; }

    public IReadOnlyList<OutboxMessage> Messages
    {
        get
        {
            lock (gate)
            {
                return [.. messages];
            }
        }
    }

    public void Send(string channel, string to, string code)
    {
        var message = new OutboxMessage(channel, to, code);
        lock (gate)
        {
            if (messages.Count == Capacity)
            {
                messages.RemoveAt(0);
            }

            messages.Add(message);
        }

        Sent?.Invoke(message);
    }

    /// <summary>The newest code that went to an address.</summary>
    public string LastCode(string to) =>
        Messages.LastOrDefault(message => message.To == to)?.Code ?? throw new InvalidOperationException($"Nothing was sent to {to}.");
}
