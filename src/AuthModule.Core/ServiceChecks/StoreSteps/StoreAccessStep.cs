using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Stores.Redis;

namespace AuthModule.ServiceChecks.StoreSteps;

/// <summary>Whether the Redis takes user and password, and opens the database.</summary>
internal sealed class StoreAccessStep : IStoreStep
{
    public string Name => StepNames.Access;

    public IReadOnlyList<string> Needs => [StepNames.Connection, StepNames.Tls];

    public bool IsOfRedis => true;

    public async Task<ServiceCheck> RunAsync(StoreDiagnosisContext context, CancellationToken cancellationToken)
    {
        context.Probe = await RedisProbe.OpenAsync(context.Redis!, context.Catalog.RedisSettings, cancellationToken).ConfigureAwait(false);
        return ServiceCheck.Ok(Name, $"let in to {string.Join(", ", context.Probe.Servers.Select(server => RedisHost.Of(server.EndPoint).ToString()))}, database {context.Redis!.Database}");
    }
}
