using System;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Stores.Redis;
using AuthModule.TestKit.Time;

namespace AuthModule.Core.Tests.Stores;

public sealed class RespConnectionTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("Feature", "G10")]
    public async Task A_server_that_takes_nothing_in_is_given_up_by_all_who_wait_for_it()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var client = new TcpClient();
        await client.ConnectAsync((IPEndPoint)listener.LocalEndpoint, Stop);
        using TcpClient silent = await listener.AcceptTcpClientAsync(Stop);
        var clock = new ManualTimeProvider();
        using var connection = new RespConnection(client, client.GetStream(), clock);

        // More than the buffers of two sockets take: the sending itself stands still, and the second waits for its turn.
        Task<RespValue> first = connection.SendAsync(new RespCommand("SET", "key", new byte[64 * 1024 * 1024]), TimeSpan.FromSeconds(5), Stop);
        Task<RespValue> second = connection.SendAsync(new RespCommand("GET", "key"), TimeSpan.FromSeconds(5), Stop);
        Assert.Equal(2, clock.PendingTimers);
        clock.Advance(TimeSpan.FromSeconds(6));

        await Assert.ThrowsAsync<RespException>(() => first.WaitAsync(TimeSpan.FromSeconds(60), Stop));
        await Assert.ThrowsAsync<RespException>(() => second.WaitAsync(TimeSpan.FromSeconds(60), Stop));
        Assert.True(connection.IsBroken);
        Assert.Equal(0, clock.PendingTimers);
    }
}
