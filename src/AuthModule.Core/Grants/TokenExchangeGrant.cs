using System.Threading;
using System.Threading.Tasks;
using AuthModule.Errors;
using AuthModule.Providers;
using AuthModule.Requests;
using AuthModule.Tokens;

namespace AuthModule.Grants;

/// <summary>One token for another: of another audience, of a user's behalf (RFC 8693).</summary>
internal sealed class TokenExchangeGrant : IGrant
{
    private const string TypePrefix = "urn:ietf:params:oauth:token-type:";

    public string Name => GrantNames.TokenExchange;

    public string DescribedAs => Name;

    public string? AdvertisedAs => Name;

    public string? ReasonAgainstTrial => null;

    public OperationDescription Standard { get; } = StandardFields.TokenRequest(
        ("grant_type", GrantNames.TokenExchange), ("resource", "{resource*}"), ("scope", "{scope?}"), ("requested_token_type", "{requestedTokenType?}"),
        ("subject_token", "{subjectToken}"), ("subject_token_type", "{subjectTokenType}"), ("actor_token", "{actorToken?}"), ("actor_token_type", "{actorTokenType?}"));

    public bool IsMeantBy(TokenRequest request) => request.Input.SubjectToken is not null;

    public bool CanRepeat(TokenRequest request) => true;

    public Task<TokenSet> AcquireAsync(GrantContext context, CancellationToken cancellationToken)
    {
        GrantInput input = context.Request.Input;
        if (input.SubjectToken is null)
        {
            throw AuthError.Missing("-SubjectToken", $"the token that {context.Service.DisplayName} is to exchange");
        }

        return context.RequestTokenAsync(
            this,
            Name,
            values =>
            {
                values.Set("subjectToken", input.SubjectToken);
                values.Set("subjectTokenType", TypeOf(input.SubjectTokenType ?? "access_token"));
                values.Set("actorToken", input.ActorToken);
                values.Set("actorTokenType", input.ActorToken is null ? null : TypeOf(input.ActorTokenType ?? "access_token"));
                values.Set("requestedTokenType", input.RequestedTokenType is { } wanted ? TypeOf(wanted) : null);
            },
            repeatable: true,
            cancellationToken,
            clientIsOptional: true);
    }

    // People write the last word; services want the URN of section 3.
    private static string TypeOf(string type) => type.Contains(':') ? type : TypePrefix + type.ToLowerInvariant();
}
