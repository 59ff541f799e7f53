using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Jose.Tokens;
using AuthModule.Text;

namespace AuthModule.Validation.Checks;

/// <summary>What the server said of the token's kind: a refresh token is active too, and opens nothing. Servers that do not say leave it open.</summary>
internal sealed class ReplyUseCheck : ITokenCheck
{
    private static readonly string[] Places = ["token_type", "token_use", "typ", "type"];

    public ValueTask<TokenCheck?> RunAsync(ValidationContext context, CancellationToken cancellationToken) =>
        new(context.Claims is { } claims && Foreign(claims, context.Rules.Use) is { } said
            ? TokenCheck.Failed(CheckName.TokenUse, AuthErrorId.TokenUseMismatch, $"the server calls it '{DisplayText.Text(said)}'")
            : null);

    private static string? Foreign(IReadOnlyDictionary<string, object?> claims, TokenUse wanted) => Array.Find(
        Array.ConvertAll(Places, place => ClaimText.One(claims, place)),
        said => said?.ToLowerInvariant() switch
        {
            "refresh" or "refresh_token" or "offline" => true,
            "id" or "id_token" => wanted == TokenUse.Access,
            "access" or "access_token" => wanted == TokenUse.Id,
            _ => false,
        });
}
