using System;
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
    public const string BasicPlain = nameof(BasicPlain);
    public const string Post = nameof(Post);
    public const string SecretJwt = nameof(SecretJwt);
    public const string PrivateKeyJwt = nameof(PrivateKeyJwt);
    public const string Tls = nameof(Tls);

    /// <exception cref="ConfigurationException">MissingParameter: a password without the key that it is of; InvalidCertificate.</exception>
    public static ClientCredential Read(
        PSCmdlet cmdlet, SecureString? secret, X509Certificate2? certificate, string? keyFile, SecureString? keyPassword, string? method) => new()
    {
        Secret = Secret.From(secret),
        Certificate = Usable(certificate),
        KeyFile = keyFile is not null ? Paths.Resolve(cmdlet, keyFile, "-ClientKey", AuthErrorId.InvalidKey)
            : keyPassword is null ? null
            : throw AuthError.Missing("-ClientKey", "-ClientKeyPassword is of its file"),
        KeyPassword = Secret.From(keyPassword),
        Method = method,
    };

    // An object without a certificate in it, or one that was disposed of.
    private static X509Certificate2? Usable(X509Certificate2? certificate) => certificate is null || certificate.Handle != IntPtr.Zero
        ? certificate
        : throw AuthError.Create(AuthErrorId.InvalidCertificate, "-ClientCertificate holds no certificate: it is empty, or was disposed of.", "Give the client's certificate with its private key.");
}
