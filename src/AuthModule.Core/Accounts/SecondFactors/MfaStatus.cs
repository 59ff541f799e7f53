namespace AuthModule;

/// <summary>Which second factors an account has.</summary>
public sealed class MfaStatus
{
    /// <summary>The service's address.</summary>
    public string Authority { get; internal init; } = string.Empty;

    /// <summary>Whether a sign-in needs one; null when not told.</summary>
    public bool? IsEnabled { get; internal init; }

    /// <summary>The confirmed methods, by the service's names.</summary>
    public string[] Methods { get; internal init; } = [];

    /// <summary>Backup codes not used yet; null when not told.</summary>
    public int? BackupCodesLeft { get; internal init; }

    /// <inheritdoc/>
    public override string ToString() => Methods.Length == 0 ? "none" : string.Join(", ", Methods);
}
