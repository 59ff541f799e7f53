using System;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Errors;
using AuthModule.Providers;
using AuthModule.Requests;
using AuthModule.Secrets;
using AuthModule.Tokens;

namespace AuthModule.Grants;

/// <summary>An API key: in place of a token, in the provider's own header; or where the description has a request for it, exchanged for a token.</summary>
internal sealed class ApiKeyGrant : IGrant
{
    public string Name => GrantNames.ApiKey;

    public string DescribedAs => Name;

    public string? AdvertisedAs => null;

    public string? ReasonAgainstTrial => "an API key needs no sign-in; the first call to the API shows whether it is good";

    public OperationDescription Standard { get; } = new() { Endpoint = "token", Encoding = FieldEncoding.Form, Credential = OperationCredential.None };

    public bool IsMeantBy(TokenRequest request) => request.Input.ApiKey is not null;

    public bool CanRepeat(TokenRequest request) => true;

    public Task<TokenSet> AcquireAsync(GrantContext context, CancellationToken cancellationToken)
    {
        Secret key = context.Request.Input.ApiKey
            ?? throw AuthError.Missing("-ApiKey", $"{context.Service.DisplayName} needs it for this way to sign in");
        return context.Service.Description.Grant(Name) is { IsRequest: true }
            ? context.RequestTokenAsync(this, Name, values => values.Set("apiKey", key), repeatable: true, cancellationToken)
            : Task.FromResult(Own(context, key));
    }

    // The key goes out as it is.
    private TokenSet Own(GrantContext context, Secret key)
    {
        SecretShape.Require(context.Request);
        context.WarnOfScope();
        return new TokenSet(context.Clock, context.Clock.GetTimestamp())
        {
            AccessToken = key,
            TokenType = TokenHeaders.ApiKeyType,
            IssuedOn = context.Clock.GetUtcNow(),
            ExpiresOn = DateTimeOffset.MaxValue,
            Lifetime = TimeSpan.MaxValue,
            SignInGrant = Name,
        };
    }
}
