using System.Management.Automation;
using System.Security;
using System.Security.Cryptography.X509Certificates;
using AuthModule.Errors;
using AuthModule.Requests;
using AuthModule.Secrets;

namespace AuthModule.Arguments;

/// <summary>Reads the parameters by which a client proves itself.</summary>
internal static class ClientProof
{
    /// <summary>The names of <c>-ClientAuthentication</c>.</summary>
    public const string Basic = nameof(Basic);
    public const string Post = nameof(Post);
    public const string SecretJwt = nameof(SecretJwt);
    public const string PrivateKeyJwt = nameof(PrivateKeyJwt);
    public const string Tls = nameof(Tls);

    /// <exception cref="ConfigurationException">MissingParameter: a password without the key that it is of.</exception>
    public static ClientCredential Read(
        PSCmdlet cmdlet, SecureString? secret, X509Certificate2? certificate, string? keyFile, SecureString? keyPassword, string? method) => new()
    {
        Secret = Secret.From(secret),
        Certificate = certificate,
        KeyFile = keyFile is not null ? Paths.Resolve(cmdlet, keyFile, "-ClientKey", AuthErrorId.InvalidKey)
            : keyPassword is null ? null
            : throw AuthError.Missing("-ClientKey", "-ClientKeyPassword is of its file"),
        KeyPassword = Secret.From(keyPassword),
        Method = method,
    };
}
