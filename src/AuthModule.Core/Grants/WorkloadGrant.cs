using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Errors;
using AuthModule.Providers;
using AuthModule.Requests;
using AuthModule.Secrets;
using AuthModule.Tokens;

namespace AuthModule.Grants;

/// <summary>
/// A workload signs in by its platform's assertion, read again at every renewal: as the client's proof (RFC 7523, section 2.2),
/// or in a field <c>{assertion}</c> where the description has one.
/// </summary>
internal sealed class WorkloadGrant : IGrant
{
    private const string AssertionPlace = "assertion";

    public string Name => GrantNames.Workload;

    public string DescribedAs => Name;

    public string? AdvertisedAs => GrantNames.ClientCredentials;

    public string? ReasonAgainstTrial => null;

    public OperationDescription Standard { get; } = StandardFields.TokenRequest(
        ("grant_type", "client_credentials"), ("scope", "{scope?}"), ("resource", "{resource*}"));

    public bool IsMeantBy(TokenRequest request) => request.Client.AssertionSource is not null;

    public bool CanRepeat(TokenRequest request) => true;

    public async Task<TokenSet> AcquireAsync(GrantContext context, CancellationToken cancellationToken)
    {
        if (context.Request.Client.AssertionSource is not { } source)
        {
            throw AuthError.Missing("-AssertionSource", $"where the assertion for {context.Service.DisplayName} comes from");
        }

        OperationDescription? described = context.Service.Description.Grant(Name);
        bool isField = described?.Fields?.Any(field => field.Template?.Names.Contains(AssertionPlace) == true) == true;
        Secret? assertion = isField
            ? await source.ReadAsync(context.Runner.WorkloadOf(context.Service, context.Log), cancellationToken).ConfigureAwait(false)
            : null;
        return await context.RequestTokenAsync(this, Name, values => values.Set(AssertionPlace, assertion), repeatable: true, cancellationToken).ConfigureAwait(false);
    }
}
