using System.Threading;
using System.Threading.Tasks;
using AuthModule.Jose.Keys;

namespace AuthModule.Validation;

/// <summary>Finds the key that a token's signature has to be good with.</summary>
internal static class KeyFinder
{
    public static async ValueTask<KeySearch> FindAsync(ValidationContext context, CancellationToken cancellationToken)
    {
        SigningAlgorithm algorithm = context.Algorithm!;
        if (algorithm.Kind == KeyKind.Symmetric)
        {
            VerificationKey secret = context.Rules.HmacSecret!.Key;
            return KeyFit.Fault(secret, algorithm) is { } fault
                ? KeySearch.Unfit(fault, "the secret that was given")
                : KeySearch.Secret(secret);
        }

        IKeySource source = context.Rules.Keys!;
        KeySet keys = await source.GetAsync(context.Log, cancellationToken).ConfigureAwait(false);
        KeySearch search = keys.Find(context.Token!, algorithm);
        if (search.Key is not null)
        {
            return search;
        }

        // None under that id, or another one than the token was signed with.

        KeySet newer = await source.ReloadAsync(keys, search.IsUnknown ? context.Token!.KeyId : null, context.Log, cancellationToken).ConfigureAwait(false);
        return ReferenceEquals(newer, keys) ? search : newer.Find(context.Token!, algorithm);
    }
}
