using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Channels;
using AuthModule.TestServer.Hosting;

namespace AuthModule.TestServer.Recording;

/// <summary>Gets each request as its answer begins. Who reads too slowly misses the oldest.</summary>
internal sealed class RequestFollower(Action<RequestFollower> leave) : IDisposable
{
    private const int Capacity = 200;

    private readonly Channel<ServedRequest> requests = Channel.CreateBounded<ServedRequest>(new BoundedChannelOptions(Capacity) { FullMode = BoundedChannelFullMode.DropOldest });

    public void Tell(ServedRequest served) => requests.Writer.TryWrite(served);

    public IAsyncEnumerable<ServedRequest> ReadAsync(CancellationToken cancellationToken) => requests.Reader.ReadAllAsync(cancellationToken);

    public void Dispose() => leave(this);
}
