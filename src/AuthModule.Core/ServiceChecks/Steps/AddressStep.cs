using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Http;

namespace AuthModule.ServiceChecks.Steps;

/// <summary>Whether it is said which service is meant, in a form that can be used. Sends nothing.</summary>
internal sealed class AddressStep : IDiagnosisStep
{
    public string Name => StepNames.Address;

    public IReadOnlyList<string> Needs => [];

    public Task<ServiceCheck> RunAsync(DiagnosisContext context, CancellationToken cancellationToken)
    {
        (context.Request, context.Service) = context.Engine.Resolve(context.Chosen?.Request ?? context.Asked);
        context.Proxy = ProxyChoice.For(context.Service.Transport, context.Url);
        string detail = $"{context.Service.Authority} ({context.Service.Description.Name})"
            + (context.Request.AppliedProfile is { } profile ? $", profile '{profile}'" : string.Empty);
        return Task.FromResult(ServiceCheck.Ok(
            Name,
            detail,
            context.Url.Scheme == "http" && !AddressPolicy.IsLocal(context.Url)
                ? "Use https: with -AllowInsecureHttp everyone on the way can read the credentials."
                : null));
    }
}
