using System.Threading;
using System.Threading.Tasks;
using AuthModule.Jose.Tokens;

namespace AuthModule.Validation.Checks;

/// <summary>The token can be read at all: size, parts, base64url, JSON.</summary>
internal sealed class ShapeCheck : ITokenCheck
{
    public ValueTask<TokenCheck?> RunAsync(ValidationContext context, CancellationToken cancellationToken) => new(Run(context));

    private static TokenCheck Run(ValidationContext context)
    {
        if (context.Token is null)
        {
            if (CompactToken.TryRead(context.Text, out string fault) is not { } raw)
            {
                return TokenCheck.Failed(CheckName.Shape, AuthErrorId.TokenMalformed, fault);
            }

            context.Raw = raw;
            if (raw.IsEncrypted)
            {
                // What is inside is read by the next check, if there is a key.
                return Passed(raw.Parts.Length, context.Text.Length);
            }

            if (!context.TryAccept(raw, out fault))
            {
                return TokenCheck.Failed(CheckName.Shape, AuthErrorId.TokenMalformed, fault);
            }
        }

        context.Claims = context.Token!.Claims;
        return Passed(context.Token.Parts, context.Token.Size);
    }

    private static TokenCheck Passed(int parts, int bytes) => TokenCheck.OkLater(CheckName.Shape, $"{parts} parts, {bytes} bytes");
}
