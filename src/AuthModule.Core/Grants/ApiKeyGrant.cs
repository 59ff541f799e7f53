using System;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Errors;
using AuthModule.Providers;
using AuthModule.Requests;
using AuthModule.Tokens;
using AuthModule.Wire;

namespace AuthModule.Grants;

/// <summary>A key that the service gave out before: nothing is sent, and it does not end by itself.</summary>
internal sealed class ApiKeyGrant : IGrant
{
    public string Name => GrantNames.ApiKey;

    public string DescribedAs => Name;

    public OperationDescription Standard { get; } = new();

    public bool IsMeantBy(TokenRequest request) => request.Input.ApiKey is not null;

    public bool CanRepeat(TokenRequest request) => true;

    public Task<TokenSet> AcquireAsync(GrantContext context, CancellationToken cancellationToken) => Task.FromResult(
        new TokenSet(context.Clock, context.Clock.GetTimestamp())
        {
            AccessToken = context.Request.Input.ApiKey ?? throw AuthError.Missing("-ApiKey", $"the key that {context.Service.DisplayName} gave out"),
            TokenType = TokenHeaders.ApiKeyType,
            Scopes = context.Request.Scopes,
            IssuedOn = context.Clock.GetUtcNow(),
            ExpiresOn = DateTimeOffset.MaxValue,
            Lifetime = TimeSpan.MaxValue,
            SignInGrant = Name,
        });
}
