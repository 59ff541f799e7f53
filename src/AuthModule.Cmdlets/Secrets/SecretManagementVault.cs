using System.Linq;
using System.Management.Automation;
using System.Security;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Pipeline;
using AuthModule.Requests;

namespace AuthModule.Secrets;

/// <summary>The vaults of SecretManagement. Its command runs in the caller's runspace, so that a vault can ask for its password there.</summary>
internal sealed class SecretManagementVault : ISecretVault
{
    // With its module, so that nobody's function of the same name is handed the secrets.
    private const string Command = @"Microsoft.PowerShell.SecretManagement\Get-Secret";

    /// <inheritdoc/>
    public ValueTask<Secret> ReadAsync(string vault, string name, CancellationToken cancellationToken) => PipelineThread.Current is { } thread
        ? new(thread.Run(() => Read(vault, name)))
        : throw new SecretReferenceException("a vault can be read only while a cmdlet runs", "Get the token by a cmdlet first, or refer to the secret by env, file or command.");

    private static Secret Read(string vault, string name)
    {
        using var shell = PowerShell.Create(RunspaceMode.CurrentRunspace);
        shell.AddCommand(Command)
            .AddParameter("Vault", vault)
            .AddParameter("Name", name)
            .AddParameter("ErrorAction", ActionPreference.Stop);
        try
        {
            return Read(PipelineValue.Unwrap(shell.Invoke().FirstOrDefault()));
        }
        catch (CommandNotFoundException cause)
        {
            throw new SecretReferenceException(
                "the module Microsoft.PowerShell.SecretManagement is not here",
                "Install it: Install-Module Microsoft.PowerShell.SecretManagement.",
                cause);
        }
        catch (RuntimeException)
        {
            // A vault's own words are not known to be free of secrets, and the id of its error is one of them.
            throw new SecretReferenceException(
                "Get-Secret did not give it",
                $"Run Get-Secret -Vault '{vault}' -Name '{name}' in this session: the vault has to be registered and unlocked, and the secret in it.");
        }
    }

    private static Secret Read(object? found) => found switch
    {
        SecureString { Length: > 0 } text => Secret.From(text)!,
        string { Length: > 0 } text => Secret.From(text),
        PSCredential { Password.Length: > 0 } credential => Secret.From(credential.Password)!,
        null => throw new SecretReferenceException("there is nothing of that name in the vault", "Check the names of vault and secret: Get-SecretInfo lists them."),
        _ => throw new SecretReferenceException("what the vault holds there is no text", "Keep the secret as a string, a SecureString or a credential."),
    };
}
