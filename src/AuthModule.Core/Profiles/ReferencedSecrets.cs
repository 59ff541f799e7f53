using System;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Platform;
using AuthModule.Requests;
using AuthModule.Telemetry;

namespace AuthModule.Profiles;

/// <summary>Reads the secrets that a request only refers to. Nothing is kept: each reading gets what is there now.</summary>
internal sealed class ReferencedSecrets(IEnvironment environment, TimeProvider clock)
{
    /// <summary>Whoever hosts the engine sets it; null where there are no vaults.</summary>
    public ISecretVault? Vault { get; set; }

    /// <summary>The request with every secret that it refers to.</summary>
    /// <param name="request">Unchanged where it refers to none.</param>
    /// <param name="log">Where to tell what is read from where.</param>
    /// <param name="cancellationToken">The caller's.</param>
    /// <exception cref="ConfigurationException">InvalidProfile: one cannot be read.</exception>
    public ValueTask<TokenRequest> ReadAsync(TokenRequest request, ICallLog log, CancellationToken cancellationToken) =>
        request.References.Count == 0 ? new(request) : ReadAsync(request, clientOnly: false, log, cancellationToken);

    /// <summary>The same for what the client proves itself with only: all that a renewal or a revocation needs.</summary>
    public ValueTask<TokenRequest> ReadClientAsync(TokenRequest request, ICallLog log, CancellationToken cancellationToken) =>
        request.References.Count == 0 ? new(request) : ReadAsync(request, clientOnly: true, log, cancellationToken);

    private async ValueTask<TokenRequest> ReadAsync(TokenRequest request, bool clientOnly, ICallLog log, CancellationToken cancellationToken)
    {
        var query = new SecretQuery(environment, Vault, clock);
        foreach (ProfileSecret secret in request.References)
        {
            if (!clientOnly || secret.IsOfClient)
            {
                log.Verbose($"Reading the {secret.Field} of profile '{secret.Profile}' from {secret.Reference.Name}.");
                request = await secret.PutAsync(request, query, cancellationToken).ConfigureAwait(false);
            }
        }

        return request;
    }
}
