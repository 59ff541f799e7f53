using System.Threading;
using System.Threading.Tasks;
using AuthModule.Tokens;

namespace AuthModule.Grants;

/// <summary>A grant whose tokens are not renewed and revoked at a service but where they came from.</summary>
internal interface IOwnGrant : IGrant
{
    Task<TokenSet> RenewAsync(GrantContext context, TokenSet previous, CancellationToken cancellationToken);

    Task<(RevocationOutcome Access, RevocationOutcome Refresh)> RevokeAsync(GrantContext context, TokenSet tokens, CancellationToken cancellationToken);
}
