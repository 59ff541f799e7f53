using System;
using System.Threading.Tasks;
using AuthModule.Http;

namespace AuthModule.Core.Tests.Transport;

public sealed class PauseTests
{
    [Theory]
    [InlineData(-1)]
    [InlineData(-5000)]
    [InlineData(0)]
    [Trait("Feature", "Y12")]
    public async Task A_time_that_is_over_already_is_no_pause_and_no_error(int milliseconds) =>
        await Pause.ForAsync(TimeSpan.FromMilliseconds(milliseconds), TimeProvider.System, TestContext.Current.CancellationToken);
}
