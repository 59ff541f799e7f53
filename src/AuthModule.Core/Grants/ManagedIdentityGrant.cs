using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Providers;
using AuthModule.Requests;
using AuthModule.Tokens;

namespace AuthModule.Grants;

/// <summary>The token that a cloud gives to its machines and jobs at an address that only they can reach. Where and how is the description's.</summary>
internal sealed class ManagedIdentityGrant : IGrant
{
    private const string EveryPermission = "/.default";

    public string Name => GrantNames.ManagedIdentity;

    public string DescribedAs => Name;

    public string? AdvertisedAs => null;

    public string? ReasonAgainstTrial => null;

    public OperationDescription Standard { get; } = StandardFields.TokenRequest(("resource", "{resource}"), ("client_id", "{clientId?}")) with
    {
        Method = "GET",
        Encoding = FieldEncoding.Query,
        Credential = OperationCredential.None,
    };

    public bool IsMeantBy(TokenRequest request) => false;

    public bool CanRepeat(TokenRequest request) => true;

    public Task<TokenSet> AcquireAsync(GrantContext context, CancellationToken cancellationToken)
    {
        // These addresses know resources only; callers who come from elsewhere write their scope.
        string? scope = context.Request.Resources.Count > 0 ? null : context.Request.Scopes.FirstOrDefault(name => name.EndsWith(EveryPermission, StringComparison.Ordinal));
        return context.RequestTokenAsync(
            this,
            Name,
            values => values.Set("resource", scope?.Substring(0, scope.Length - EveryPermission.Length)),
            repeatable: true,
            cancellationToken,
            carriedScopes: scope is null ? null : [scope]);
    }
}
