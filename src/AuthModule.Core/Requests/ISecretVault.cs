using System.Threading;
using System.Threading.Tasks;
using AuthModule.Secrets;

namespace AuthModule.Requests;

/// <summary>The vaults of whoever hosts the engine; the cmdlets have those of SecretManagement.</summary>
internal interface ISecretVault
{
    /// <exception cref="SecretReferenceException">There is no such vault or secret, or it cannot be opened.</exception>
    ValueTask<Secret> ReadAsync(string vault, string name, CancellationToken cancellationToken);
}
