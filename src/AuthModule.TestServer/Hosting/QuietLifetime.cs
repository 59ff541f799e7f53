using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.Hosting;

namespace AuthModule.TestServer.Hosting;

/// <summary>Leaves Ctrl+C to the program that hosts the server.</summary>
internal sealed class QuietLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
