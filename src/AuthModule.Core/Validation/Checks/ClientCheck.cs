using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Jose.Tokens;
using AuthModule.Text;

namespace AuthModule.Validation.Checks;

/// <summary>
/// The token belongs to one of the expected clients: an access token was issued to it (RFC 9068, section 2.2), an ID token is
/// meant for it, and where it is meant for several, it is the authorized party (OpenID Connect Core, section 3.1.3.7).
/// </summary>
internal sealed class ClientCheck : ITokenCheck
{
    public ValueTask<TokenCheck?> RunAsync(ValidationContext context, CancellationToken cancellationToken) => new(Run(context));

    private static TokenCheck? Run(ValidationContext context)
    {
        IReadOnlyList<string> clients = Clients(context);
        if (clients.Count == 0)
        {
            return IsForOneClient(context.Rules.Use) && context.Claims is not null && (context.Use ?? context.Rules.Use) == context.Rules.Use
                ? Failed("it is not said for which client it has to be; add -ClientId")
                : null;
        }

        if (context.Claims is not { } claims)
        {
            return TokenCheck.NotRun(CheckName.Client, "there are no claims to read");
        }

        TokenUse use = context.Use ?? context.Rules.Use;

        // One that does not say what it is, where both are welcome: only an access token says to whom it was issued.
        bool isIdToken = use == TokenUse.Id || (use == TokenUse.Any && context.Reply is null && TokenClaims.Client(claims, context.Rules.ClaimNames) is null);
        return use is TokenUse.Logout or TokenUse.Message ? OfLogoutToken(claims, clients)
            : isIdToken ? OfIdToken(claims, clients)
            : OfAccessToken(claims, context.Rules);
    }

    // ID and logout tokens are made for one client and say so in their audience.
    private static IReadOnlyList<string> Clients(ValidationContext context) =>
        context.Rules is { ClientIds.Count: 0 } rules && IsForOneClient(rules.Use) ? rules.Audiences : context.Rules.ClientIds;

    private static bool IsForOneClient(TokenUse use) => use is TokenUse.Id or TokenUse.Logout or TokenUse.Message;

    private static TokenCheck OfAccessToken(IReadOnlyDictionary<string, object?> claims, ValidationRules rules)
    {
        string? client = TokenClaims.Client(claims, rules.ClaimNames);
        if (client is null)
        {
            return Failed("the token does not say to which client it was issued");
        }

        return ClaimText.Has(rules.ClientIds, client)
            ? TokenCheck.Ok(CheckName.Client, DisplayText.Text(client))
            : Failed($"issued to '{DisplayText.Text(client)}', not to {DisplayText.List(rules.ClientIds, " or ")}");
    }

    private static TokenCheck OfLogoutToken(IReadOnlyDictionary<string, object?> claims, IReadOnlyList<string> clients) =>
        FaultOfAudience(claims, clients, out _, out string client) ?? TokenCheck.Ok(CheckName.Client, DisplayText.Text(client));

    private static TokenCheck? FaultOfAudience(
        IReadOnlyDictionary<string, object?> claims, IReadOnlyList<string> clients, out IReadOnlyList<string> audiences, out string client)
    {
        client = string.Empty;
        audiences = claims.TryGetValue("aud", out object? value) ? ClaimText.OneOrMany(value) ?? [] : [];
        if (audiences.Count == 0)
        {
            return TokenCheck.Failed(CheckName.Client, AuthErrorId.AudienceMismatch, "it is meant for no client");
        }

        for (int i = 0; i < audiences.Count; i++)
        {
            if (ClaimText.Has(clients, audiences[i]))
            {
                client = audiences[i];
                return null;
            }
        }

        return TokenCheck.Failed(CheckName.Client, AuthErrorId.AudienceMismatch, $"meant for '{DisplayText.List(audiences)}', not for {DisplayText.List(clients, " or ")}");
    }

    private static TokenCheck OfIdToken(IReadOnlyDictionary<string, object?> claims, IReadOnlyList<string> clients)
    {
        if (FaultOfAudience(claims, clients, out IReadOnlyList<string> audiences, out string client) is { } fault)
        {
            return fault;
        }

        if (!claims.TryGetValue("azp", out object? party))
        {
            return audiences.Count == 1
                ? TokenCheck.Ok(CheckName.Client, DisplayText.Text(client))
                : Failed("meant for several, and does not say for which client it was issued (azp)");
        }

        return party is string authorized && ClaimText.Has(clients, authorized)
            ? TokenCheck.Ok(CheckName.Client, DisplayText.Text(authorized))
            : Failed($"the authorized party '{DisplayText.Text(party as string ?? "(not a text)")}' is not {DisplayText.List(clients, " or ")}");
    }

    private static TokenCheck Failed(string reason) => TokenCheck.Failed(CheckName.Client, AuthErrorId.ClientMismatch, reason);
}
