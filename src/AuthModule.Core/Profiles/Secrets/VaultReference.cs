using System.Threading;
using System.Threading.Tasks;
using AuthModule.Json;
using AuthModule.Requests;
using AuthModule.Secrets;

namespace AuthModule.Profiles.Secrets;

/// <summary>A secret of a vault of PowerShell's SecretManagement: <c>{"vault":"NAME","secret":"NAME"}</c>.</summary>
internal sealed class VaultReference(string vault, string secret) : ISecretReference
{
    public const string Field = "vault";
    public const string SecretField = "secret";

    public string Name => $"vault:{vault}/{secret}";

    // A vault may ask for its password, and its code runs in the caller's runspace.
    public bool NeedsCaller => true;

    public static ISecretReference Read(LocatedObject source, ProfileFolder folder) =>
        new VaultReference(source.RequiredText(Field), source.RequiredText(SecretField));

    public string? Absence(SecretQuery query) => query.Vault is null ? "vaults of SecretManagement exist in PowerShell only" : null;

    public ValueTask<Secret> ReadAsync(SecretQuery query, CancellationToken cancellationToken) => query.Vault is { } vaults
        ? vaults.ReadAsync(vault, secret, cancellationToken)
        : throw new SecretReferenceException(
            "vaults of SecretManagement exist in PowerShell only",
            "Use the cmdlets, or refer to the secret by env, file or command.");
}
