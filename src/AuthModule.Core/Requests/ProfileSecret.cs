using System;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Errors;
using AuthModule.Secrets;

namespace AuthModule.Requests;

/// <summary>A secret of a profile: what it is for, and where it is.</summary>
/// <param name="Profile">The profile's name, for messages.</param>
/// <param name="Field">What the file calls it.</param>
/// <param name="Place">What it is for.</param>
/// <param name="Reference">Where it is.</param>
internal sealed record ProfileSecret(string Profile, string Field, SecretPlace Place, ISecretReference Reference)
{
    /// <summary>The name in <c>-Parameter</c>; null for the other places.</summary>
    public string? Parameter { get; init; }

    /// <summary>What requests carry whoever signs in, so that renewals and revocations need it too.</summary>
    public bool IsOfClient => Place is SecretPlace.ClientSecret or SecretPlace.ClientKeyPassword or SecretPlace.Parameter;

    /// <summary>A request with the secret in its place.</summary>
    /// <exception cref="ConfigurationException">InvalidProfile: it cannot be read.</exception>
    public async ValueTask<TokenRequest> PutAsync(TokenRequest request, SecretQuery query, CancellationToken cancellationToken)
    {
        Secret secret = await ReadAsync(query, cancellationToken).ConfigureAwait(false);
        return Place switch
        {
            SecretPlace.ClientSecret => request with { Client = request.Client with { Secret = secret } },
            SecretPlace.ClientKeyPassword => request with { Client = request.Client with { KeyPassword = secret } },
            SecretPlace.Parameter => request with { SecretParameters = SecretParameters.With(request.SecretParameters, Parameter!, secret) },
            SecretPlace.Password => request with { Input = request.Input with { Password = secret } },
            _ => request with { Input = request.Input with { ApiKey = secret } },
        };
    }

    private async ValueTask<Secret> ReadAsync(SecretQuery query, CancellationToken cancellationToken)
    {
        try
        {
            return await Reference.ReadAsync(query, cancellationToken).ConfigureAwait(false);
        }
        catch (SecretReferenceException failure)
        {
            throw AuthError.Create(
                AuthErrorId.InvalidProfile,
                $"Profile '{Profile}' has its {Field} at {Reference.Name}, and {failure.Message}.",
                new ErrorDetails { Action = failure.Action, Cause = failure.InnerException });
        }
        catch (OperationCanceledException cause) when (cancellationToken.IsCancellationRequested)
        {
            throw AuthError.Canceled($"Reading the {Field} of profile '{Profile}'", cause);
        }
    }
}
