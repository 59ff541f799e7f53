using System.Text;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Jose.Encryption;
using AuthModule.Jose.Tokens;
using AuthModule.Text;

namespace AuthModule.Validation.Checks;

/// <summary>An encrypted token (RFC 7516) was encrypted for us, and there is a signed one inside: anybody can encrypt to a public key (RFC 8725, section 2.3).</summary>
internal sealed class EncryptionCheck : ITokenCheck
{
    public ValueTask<TokenCheck?> RunAsync(ValidationContext context, CancellationToken cancellationToken) =>
        new(context.Raw is { IsEncrypted: true } raw ? Run(context, raw) : null);

    private static TokenCheck Run(ValidationContext context, CompactToken raw)
    {
        if (context.Rules.Decryption is not { } keys)
        {
            return Failed(AuthErrorId.KeyNotFound, "the token is encrypted, and no key to decrypt it was given (-DecryptionKey)");
        }

        if (CriticalHeaderCheck.Fault(raw.Header) is { } critical)
        {
            return Failed(AuthErrorId.TokenMalformed, critical);
        }

        Decryption inner = keys.Decrypt(raw);
        if (inner.Plaintext is not { } plaintext)
        {
            return Failed(inner.FaultId!, inner.Fault!);
        }

        string text = Encoding.ASCII.GetString(plaintext);
        if (CompactToken.TryRead(text, out string fault) is not { IsEncrypted: false } signed)
        {
            return Failed(AuthErrorId.AlgorithmNotAllowed, "encrypted, but not signed: anybody could have written what is inside");
        }

        context.IsDecrypted = true;
        return context.TryAccept(signed, out fault)
            ? TokenCheck.Ok(CheckName.Encryption, $"{DisplayText.Text(ClaimText.One(raw.Header, "alg")!)} with {DisplayText.Text(ClaimText.One(raw.Header, "enc")!)}")
            : Failed(AuthErrorId.TokenMalformed, fault);
    }

    private static TokenCheck Failed(string id, string reason) => TokenCheck.Failed(CheckName.Encryption, id, reason);
}
