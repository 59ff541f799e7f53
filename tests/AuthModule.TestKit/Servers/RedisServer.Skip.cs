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
}
