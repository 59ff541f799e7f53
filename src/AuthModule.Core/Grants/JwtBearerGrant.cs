using System.Threading;
using System.Threading.Tasks;
using AuthModule.Errors;
using AuthModule.Providers;
using AuthModule.Requests;
using AuthModule.Tokens;

namespace AuthModule.Grants;

/// <summary>An assertion that another party signed, for a token (RFC 7523, section 2.1).</summary>
internal sealed class JwtBearerGrant : IGrant
{
    public string Name => GrantNames.JwtBearer;

    public string DescribedAs => Name;

    public string? AdvertisedAs => Name;

    public string? ReasonAgainstTrial => "a trial could spend the assertion";

    public OperationDescription Standard { get; } = StandardFields.TokenRequest(
        ("grant_type", GrantNames.JwtBearer), ("assertion", "{assertion}"), ("scope", "{scope?}"), ("resource", "{resource*}"));

    public bool IsMeantBy(TokenRequest request) => request.Input.Assertion is not null;

    public bool CanRepeat(TokenRequest request) => true;

    public Task<TokenSet> AcquireAsync(GrantContext context, CancellationToken cancellationToken)
    {
        GrantInput input = context.Request.Input;
        return input.Assertion is null
            ? throw AuthError.Missing("-Assertion", $"what {context.Service.DisplayName} is to trust")
            : context.RequestTokenAsync(
                this, Name, values => values.Set("assertion", input.Assertion), repeatable: true, cancellationToken, clientIsOptional: true);
    }
}
