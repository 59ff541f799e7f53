using System;
using System.Threading.Tasks;
using AuthModule.Concurrency;

namespace AuthModule.Core.Tests.Http;

public sealed class RetryAfterTests
{
    [Theory]
    [InlineData(-1)]
    [InlineData(-5000)]
    [InlineData(0)]
    [Trait("Feature", "Y12")]
    public async Task A_time_that_is_over_already_is_no_pause_and_no_error(int milliseconds) =>
        await ClockDelay.ForAsync(TimeSpan.FromMilliseconds(milliseconds), TimeProvider.System, TestContext.Current.CancellationToken);
}
