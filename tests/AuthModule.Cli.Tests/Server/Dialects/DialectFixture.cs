using System;
using System.Threading.Tasks;
using AuthModule.TestKit.Time;
using AuthModule.TestServer.Dialects;

namespace AuthModule.Cli.Tests.Server.Dialects;

/// <summary>Servers that speak one variant, on a clock that the test moves.</summary>
internal static class DialectFixture
{
    public static Task<ServerFixture> StartAsync(
        bool asCoded = false,
        ManualTimeProvider? clock = null,
        Func<DialectOptions, DialectOptions>? change = null)
    {
        var dialects = new DialectOptions { Variant = asCoded ? DialectVariant.AsCoded : DialectVariant.Documented };
        return ServerFixture.StartAsync(ServerFixture.Options with
        {
            Dialects = change?.Invoke(dialects) ?? dialects,
            Clock = clock ?? TimeProvider.System,
            AutoApproveAs = "alice",
        });
    }
}
