using System;
using System.Threading.Tasks;

namespace AuthModule.TestKit.Servers;

// Apart from the rest, which the benchmarks use too.
internal sealed partial class RedisServer
{
    /// <summary>Skips the calling test where there is no Redis.</summary>
    public static Task<RedisServer> StartAsync(params string[] options)
    {
        Assert.SkipWhen(Program is null, "There is no redis-server on this machine (Debian package redis-server).");
        return LaunchAsync(Program!, options);
    }

    /// <summary>Until a condition holds, asked again and again; the test's own time limit ends it.</summary>
    public static async Task UntilAsync(Func<Task<bool>> condition)
    {
        while (!await condition())
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
