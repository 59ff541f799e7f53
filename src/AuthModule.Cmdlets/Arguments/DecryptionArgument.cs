using System;
using System.Management.Automation;
using System.Security;
using AuthModule.Errors;
using AuthModule.Requests;
using AuthModule.Secrets;

namespace AuthModule.Arguments;

/// <summary>Reads where the key is that tokens are encrypted to: a file, or a certificate of a store.</summary>
internal static class DecryptionArgument
{
    private const string CertificateDrive = "Cert:";

    /// <summary>Null where nothing is given.</summary>
    /// <exception cref="ConfigurationException">MissingParameter: a password without the key that it is of; InvalidKey.</exception>
    public static DecryptionKeyPlace? Read(PSCmdlet cmdlet, string? key, SecureString? password) => key switch
    {
        null when password is not null => throw AuthError.Missing("-DecryptionKey", "-DecryptionKeyPassword is of its file"),
        null => null,
        _ when key.StartsWith(CertificateDrive, StringComparison.OrdinalIgnoreCase) => new DecryptionKeyPlace(key, null),
        _ => new DecryptionKeyPlace(Paths.Resolve(cmdlet, key, "-DecryptionKey", AuthErrorId.InvalidKey), Secret.From(password)),
    };
}
