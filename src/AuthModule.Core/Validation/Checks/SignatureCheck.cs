using System.Threading;
using System.Threading.Tasks;
using AuthModule.Jose.Keys;
using AuthModule.Jose.Tokens;

namespace AuthModule.Validation.Checks;

/// <summary>The issuer's key has signed exactly this header and payload.</summary>
internal sealed class SignatureCheck : ITokenCheck
{
    public async ValueTask<TokenCheck?> RunAsync(ValidationContext context, CancellationToken cancellationToken)
    {
        if (context.Token is not { } token)
        {
            return TokenCheck.NotRun(CheckName.Signature, "the token cannot be read");
        }

        if (context.KeySearch?.Key is not { } key)
        {
            return TokenCheck.NotRun(CheckName.Signature, "there is no key to verify with");
        }

        if (!Verifies(context, token, key) && (await NewerKeyAsync(context, token, cancellationToken).ConfigureAwait(false) is not { } newer || !Verifies(context, token, key = newer)))
        {
            return TokenCheck.Failed(CheckName.Signature, AuthErrorId.SignatureInvalid, $"not made with {key.Name} of {context.KeySearch.Origin}, or changed since");
        }

        context.IsAuthentic = true;
        token.VerifiedBy = key;
        return TokenCheck.OkLater(CheckName.Signature, $"{key.Name} of {context.KeySearch.Origin}");
    }

    private static bool Verifies(ValidationContext context, ParsedToken token, VerificationKey key)
    {
        // Seen before: what the same key object has verified once need not be verified again.
        if (ReferenceEquals(token.VerifiedBy, key))
        {
            return true;
        }

        context.Raw ??= CompactToken.TryRead(context.Text, out _);
        return context.Raw is { IsEncrypted: false } raw
            && key.Verifies(context.Algorithm!, raw.Ascii, raw.SignedLength, raw.Parts[2]);
    }

    // Issuers rotate without key ids too, and under an old id: what is known by it may not be the key any more.
    private static async ValueTask<VerificationKey?> NewerKeyAsync(ValidationContext context, ParsedToken token, CancellationToken cancellationToken)
    {
        if (context.Rules.Keys is not { } source || context.KeySearch!.Keys is not { } keys)
        {
            return null;
        }

        KeySet newer = await source.ReloadAsync(keys, keyId: null, context.Log, cancellationToken).ConfigureAwait(false);
        if (ReferenceEquals(newer, keys))
        {
            return null;
        }

        KeySearch search = newer.Find(token, context.Algorithm!);
        context.KeySearch = search.Key is null ? context.KeySearch : search;
        return search.Key;
    }
}
