using AuthModule.Secrets;

namespace AuthModule.Runspaces;

/// <summary>The engine of this process, with what only PowerShell can give it.</summary>
internal static class HostedEngine
{
    public static AuthEngine Instance { get; } = Make();

    private static AuthEngine Make()
    {
        AuthEngine engine = AuthEngine.Shared;
        engine.Secrets.Vault ??= new SecretManagementVault();
        return engine;
    }
}
