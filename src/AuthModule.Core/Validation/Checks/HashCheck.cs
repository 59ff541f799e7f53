using System.Collections.Generic;
using System.Security.Cryptography;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Jose.Keys;
using AuthModule.Secrets;
using AuthModule.Text;

namespace AuthModule.Validation.Checks;

/// <summary>
/// The access token and the code that came along belong to this ID token: <c>at_hash</c> and <c>c_hash</c> are the left halves
/// of their hashes (OpenID Connect Core, sections 3.1.3.6 and 3.3.2.11). They are optional; what is there must be right.
/// </summary>
internal sealed class HashCheck : ITokenCheck
{
    public ValueTask<TokenCheck?> RunAsync(ValidationContext context, CancellationToken cancellationToken) => new(Run(context));

    private static TokenCheck? Run(ValidationContext context)
    {
        ValidationRules rules = context.Rules;
        if (rules.AccessToken is null && rules.Code is null)
        {
            return null;
        }

        if (context.Claims is not { } claims || context.Algorithm is not { } algorithm)
        {
            return TokenCheck.NotRun(CheckName.Hashes, "there are no claims, or no algorithm to hash with");
        }

        return Fault(claims, "at_hash", rules.AccessToken, "access token", algorithm)
            ?? Fault(claims, "c_hash", rules.Code, "code", algorithm)
            ?? TokenCheck.Ok(CheckName.Hashes, "what came along belongs to this token");
    }

    private static TokenCheck? Fault(IReadOnlyDictionary<string, object?> claims, string name, Secret? value, string what, SigningAlgorithm algorithm)
    {
        if (value is null || !claims.TryGetValue(name, out object? claim))
        {
            return null;
        }

        byte[] expected = Encoding.ASCII.GetBytes(LeftHalf(value, algorithm));
        return claim is string hash && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(hash), expected)
            ? null
            : TokenCheck.Failed(CheckName.Hashes, AuthErrorId.ClaimMismatch, $"{name} is not of the {what} that came along");
    }

    private static string LeftHalf(Secret value, SigningAlgorithm algorithm)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(algorithm.Hash);
        hash.AppendData(value.RevealUtf8());
        byte[] whole = hash.GetHashAndReset();
        byte[] half = new byte[whole.Length / 2];
        System.Array.Copy(whole, half, half.Length);
        return Base64Url.Encode(half);
    }
}
