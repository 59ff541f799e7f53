using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Stores.Redis;
using StackExchange.Redis;

namespace AuthModule.ServiceChecks.StoreSteps;

/// <summary>Which of the nodes take writes, and who would take over.</summary>
internal sealed class StoreRoleStep : IStoreStep
{
    public string Name => StepNames.Role;

    public IReadOnlyList<string> Needs => [StepNames.Access];

    public bool IsOfRedis => true;

    public Task<ServiceCheck> RunAsync(StoreDiagnosisContext context, CancellationToken cancellationToken)
    {
        RedisProbe probe = context.Probe!;
        string[] primaries = Named(probe.Servers.Where(server => !server.IsReplica));
        string[] replicas = Named(probe.Servers.Where(server => server.IsReplica));
        string kind = probe.IsCluster ? "cluster" : context.Redis!.IsSentinel ? $"service {context.Redis.Service} of {context.Redis.Hosts.Count} sentinels" : "server";
        string detail = $"{kind}: {(primaries.Length == 1 ? "primary" : "primaries")} {string.Join(", ", primaries)}{(replicas.Length > 0 ? $"; replicas {string.Join(", ", replicas)}" : string.Empty)}";
        return Task.FromResult(!probe.IsCluster && primaries.Length > 1
            ? ServiceCheck.Fault(Name, AuthErrorId.StoreUnavailable, detail, "The address names servers that are not one Redis: name one, or let the others follow it.")
            : ServiceCheck.Ok(Name, detail));
    }

    private static string[] Named(IEnumerable<IServer> servers) => [.. servers.Select(server => RedisHost.Of(server.EndPoint).ToString())];
}
