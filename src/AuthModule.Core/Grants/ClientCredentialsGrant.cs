using System.Threading;
using System.Threading.Tasks;
using AuthModule.Providers;
using AuthModule.Requests;
using AuthModule.Tokens;

namespace AuthModule.Grants;

/// <summary>The client asks for itself (RFC 6749, section 4.4).</summary>
internal sealed class ClientCredentialsGrant : IGrant
{
    public string Name => GrantNames.ClientCredentials;

    public string DescribedAs => Name;

    public string? AdvertisedAs => Name;

    public string? ReasonAgainstTrial => null;

    public OperationDescription Standard { get; } = StandardFields.TokenRequest(
        ("grant_type", "client_credentials"), ("scope", "{scope?}"), ("resource", "{resource*}"));

    public bool IsMeantBy(TokenRequest request) => request.Client.IsPresent;

    public bool CanRepeat(TokenRequest request) => true;

    public Task<TokenSet> AcquireAsync(GrantContext context, CancellationToken cancellationToken) =>
        context.RequestTokenAsync(this, Name, _ => { }, repeatable: true, cancellationToken);
}
