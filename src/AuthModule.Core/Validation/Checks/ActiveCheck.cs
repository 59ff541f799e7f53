using System.Threading;
using System.Threading.Tasks;

namespace AuthModule.Validation.Checks;

/// <summary>The server that was asked says that the token is active (RFC 7662, section 2.2).</summary>
internal sealed class ActiveCheck : ITokenCheck
{
    public ValueTask<TokenCheck?> RunAsync(ValidationContext context, CancellationToken cancellationToken) => new(Run(context));

    private static TokenCheck Run(ValidationContext context)
    {
        if (context.Reply is not { } reply)
        {
            return TokenCheck.Failed(CheckName.Active, AuthErrorId.TokenMalformed, context.Text.Length == 0 ? "the token is empty" : "this is too long for a token, or has letters that no token has; the server was not asked");
        }

        if (!reply.TryGetValue("active", out object? active) || active is not true)
        {
            return TokenCheck.Failed(CheckName.Active, AuthErrorId.TokenInactive, "the server says that it is not active");
        }

        context.Claims = reply;
        context.IsAuthentic = true;
        return TokenCheck.Ok(CheckName.Active, "the server says so");
    }
}
