using System.Security.Cryptography;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Jose.Tokens;

namespace AuthModule.Validation.Checks;

/// <summary>The ID token answers the authorization request that was sent, not another one (OpenID Connect Core, section 3.1.3.7).</summary>
internal sealed class NonceCheck : ITokenCheck
{
    public ValueTask<TokenCheck?> RunAsync(ValidationContext context, CancellationToken cancellationToken) => new(Run(context));

    private static TokenCheck? Run(ValidationContext context)
    {
        if (context.Rules.Nonce is not { } expected)
        {
            return null;
        }

        if (context.Claims is not { } claims)
        {
            return TokenCheck.NotRun(CheckName.Nonce, "there are no claims to read");
        }

        if (ClaimText.One(claims, "nonce") is not { } nonce)
        {
            return Failed("the token has no nonce");
        }

        return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(nonce), Encoding.UTF8.GetBytes(expected))
            ? TokenCheck.Ok(CheckName.Nonce, "the one that was sent")
            : Failed("not the one that was sent");
    }

    private static TokenCheck Failed(string reason) => TokenCheck.Failed(CheckName.Nonce, AuthErrorId.NonceMismatch, reason);
}
