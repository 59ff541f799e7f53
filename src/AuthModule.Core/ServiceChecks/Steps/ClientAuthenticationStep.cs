using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Operations.ClientAuthentication;
using AuthModule.Requests;

namespace AuthModule.ServiceChecks.Steps;

/// <summary>Whether the service takes a proof that the client can give.</summary>
internal sealed class ClientAuthenticationStep : IDiagnosisStep
{
    public string Name => StepNames.ClientAuthentication;

    public IReadOnlyList<string> Needs => [StepNames.Discovery, StepNames.Secrets];

    public Task<ServiceCheck> RunAsync(DiagnosisContext context, CancellationToken cancellationToken) => Task.FromResult(Evaluate(context));

    private ServiceCheck Evaluate(DiagnosisContext context)
    {
        if (context.Metadata?.List("token_endpoint_auth_methods_supported") is not { } offered)
        {
            return ServiceCheck.NotRun(Name, "the service does not say how clients may prove themselves");
        }

        string listed = Listed.Of(offered);
        ClientCredential client = context.Request.Client;
        if (!client.IsPresent)
        {
            return ServiceCheck.Ok(Name, $"no proof of a client was given; taken are {listed}");
        }

        IClientAuthenticationMethod[] able = client.Method is { } named
            ? [.. ClientAuthenticationMethods.All.Where(method => string.Equals(method.Name, named, StringComparison.OrdinalIgnoreCase))]
            : [.. ClientAuthenticationMethods.All.Where(method => method.MetadataNames.Count > 0 && method.Fits(client))];
        return able.FirstOrDefault(method => method.MetadataNames.Any(offered.Contains)) is { } common
            ? ServiceCheck.Ok(Name, $"{common.Name} is among {listed}")
            : ServiceCheck.Fault(
                Name,
                AuthErrorId.InvalidClient,
                $"the client could use {string.Join(", ", able.Select(method => method.Name))}; taken are {listed}",
                "Give the client a proof that is listed: -ClientSecret, -ClientKey, -ClientCertificate, and -ClientAuthentication where it has several.");
    }
}
