using System;
using System.Runtime.CompilerServices;
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

    // Nothing that is waited for takes so long, also on a busy machine: a test that would wait for ever fails instead.
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(60);

    /// <summary>Until a condition holds, asked again and again.</summary>
    public static async Task UntilAsync(Func<Task<bool>> condition, [CallerArgumentExpression(nameof(condition))] string what = "")
    {
        long begun = TimeProvider.System.GetTimestamp();
        while (!await condition())
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            Assert.True(TimeProvider.System.GetElapsedTime(begun) < LongestWait, $"It did not come about: {what}");
            await Task.Yield();
        }
    }
}
