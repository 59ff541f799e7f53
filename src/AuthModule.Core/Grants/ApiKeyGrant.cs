using System;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Errors;
using AuthModule.Providers;
using AuthModule.Requests;
using AuthModule.Tokens;

namespace AuthModule.Grants;

/// <summary>An API key in place of a token: nothing is asked for, the key goes out in the provider's own header.</summary>
internal sealed class ApiKeyGrant : IGrant
{
    public string Name => GrantNames.ApiKey;

    public string DescribedAs => Name;

    public string? AdvertisedAs => null;

    public string? ReasonAgainstTrial => "an API key needs no sign-in; the first call to the API shows whether it is good";

    public OperationDescription Standard { get; } = new();

    public bool IsMeantBy(TokenRequest request) => request.Input.ApiKey is not null;

    public bool CanRepeat(TokenRequest request) => true;

    public Task<TokenSet> AcquireAsync(GrantContext context, CancellationToken cancellationToken)
    {
        context.WarnOfScope();
        return Task.FromResult(new TokenSet(context.Clock, context.Clock.GetTimestamp())
        {
            AccessToken = context.Request.Input.ApiKey
                ?? throw AuthError.Missing("-ApiKey", $"{context.Service.DisplayName} needs it for this way to sign in"),
            TokenType = TokenHeaders.ApiKeyType,
            IssuedOn = context.Clock.GetUtcNow(),
            ExpiresOn = DateTimeOffset.MaxValue,
            Lifetime = TimeSpan.MaxValue,
            SignInGrant = Name,
        });
    }
}
