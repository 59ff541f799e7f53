using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace AuthModule.Validation.Checks;

/// <summary>The token can be read at all: size, parts, base64url, JSON.</summary>
internal sealed class ShapeCheck : ITokenCheck
{
    public ValueTask<TokenCheck?> RunAsync(ValidationContext context, CancellationToken cancellationToken) => new(Run(context));

    private static TokenCheck Run(ValidationContext context)
    {
        if (context.Token is null)
        {
            if (CompactToken.TryRead(context.Text, context.Ascii, out string fault) is not { } raw)
            {
                return TokenCheck.Failed(CheckName.Shape, AuthErrorId.TokenMalformed, fault);
            }

            if (raw.IsEncrypted)
            {
                return TokenCheck.Failed(CheckName.Shape, AuthErrorId.TokenMalformed, "the token is encrypted");
            }

            if (PlainValues.TryReadObject(raw.Parts[1], out fault) is not { } claims)
            {
                return TokenCheck.Failed(CheckName.Shape, AuthErrorId.TokenMalformed, $"the payload {fault}");
            }

            context.Raw = raw;
            context.Token = new ParsedToken { Header = raw.Header, Claims = claims, Size = context.Text.Length, Parts = raw.Parts.Length };
        }

        context.Claims = context.Token.Claims;
        return TokenCheck.Ok(CheckName.Shape, $"{context.Token.Parts} parts, {context.Token.Size} bytes");
    }
}
