using System.Threading;
using System.Threading.Tasks;
using AuthModule.Jose.Keys;
using AuthModule.Jose.Tokens;
using AuthModule.Text;

namespace AuthModule.Validation.Checks;

/// <summary>The algorithm is allowed and is one that its key may be used with (RFC 8725, sections 3.1 and 3.2).</summary>
internal sealed class AlgorithmCheck : ITokenCheck
{
    public async ValueTask<TokenCheck?> RunAsync(ValidationContext context, CancellationToken cancellationToken)
    {
        if (context.Token is not { } token)
        {
            return TokenCheck.NotRun(CheckName.Algorithm, "the token cannot be read");
        }

        if (Fault(token.Algorithm, context.Rules) is { } fault)
        {
            return TokenCheck.Failed(CheckName.Algorithm, AuthErrorId.AlgorithmNotAllowed, fault);
        }

        context.Algorithm = SigningAlgorithm.Find(token.Algorithm);
        KeySearch search = await KeyFinder.FindAsync(context, cancellationToken).ConfigureAwait(false);
        context.KeySearch = search;
        return search switch
        {
            { Key: { } key } => TokenCheck.OkLater(CheckName.Algorithm, $"{token.Algorithm}, {key.Name} is {key.Description}"),
            { IsUnknown: true } => TokenCheck.Ok(CheckName.Algorithm, token.Algorithm),
            _ => TokenCheck.Failed(CheckName.Algorithm, search.FaultId!, search.Fault!),
        };
    }

    /// <summary>Null when the algorithm is allowed. Only these names, letter by letter: no way to turn verification off.</summary>
    private static string? Fault(string name, ValidationRules rules)
    {
        if (name.Length == 0)
        {
            return "the header names no algorithm";
        }

        if (SigningAlgorithm.Find(name) is not { } algorithm)
        {
            return $"'{DisplayText.Text(name)}' is not an algorithm that proves anything here";
        }

        if (rules.AllowedAlgorithms is { } allowed && !ClaimText.Has(allowed, name))
        {
            return $"{name} is not among the allowed algorithms";
        }

        return algorithm.Kind switch
        {
            KeyKind.Symmetric when rules.HmacSecret is null => $"{name} needs a shared secret, and none was given; a public key is not one",
            KeyKind.Symmetric => null,
            _ when rules.Keys is null => $"{name} needs the issuer's public key, and only a shared secret was given",
            _ => null,
        };
    }
}
