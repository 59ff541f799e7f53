using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Stores.Redis;

namespace AuthModule.ServiceChecks.StoreSteps;

/// <summary>Whether the address can be read. Sends nothing.</summary>
internal sealed class StoreAddressStep : IStoreStep
{
    public string Name => StepNames.Address;

    public IReadOnlyList<string> Needs => [];

    public bool IsOfRedis => false;

    public Task<ServiceCheck> RunAsync(StoreDiagnosisContext context, CancellationToken cancellationToken)
    {
        context.Plain = context.Catalog.OpenPlain(context.Address);
        if (context.Plain is not RedisStore redis)
        {
            return Task.FromResult(ServiceCheck.Ok(Name, context.Plain.Name));
        }

        RedisAddress address = redis.Address;
        context.Redis = address;
        string who = address.PasswordProfile is { } profile ? $", password from profile '{profile}'" : address.Password is null ? ", no password" : string.Empty;
        return Task.FromResult(ServiceCheck.Ok(
            Name,
            $"{address.Name}, keys begin with {address.Prefix}{(address.UserName is { } user ? $", user {user}" : string.Empty)}{who}",
            address.UsesTls ? null : "Without TLS (rediss://) the Redis' password goes over the network in clear; what is stored is sealed either way."));
    }
}
