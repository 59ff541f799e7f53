using System;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Diagnostics;
using AuthModule.Errors;
using AuthModule.Http;
using AuthModule.Providers;
using AuthModule.Requests;
using AuthModule.Secrets;
using AuthModule.Services;
using AuthModule.Tokens;
using AuthModule.Wire;

namespace AuthModule.Grants;

/// <summary>What a grant works with during one acquisition.</summary>
internal sealed record GrantContext
{
    public required TokenRequest Request { get; init; }

    public required Service Service { get; init; }

    public required OperationRunner Runner { get; init; }

    public required TimeProvider Clock { get; init; }

    public required ICallLog Log { get; init; }

    /// <summary>The tokens that are renewed; null at a sign-in.</summary>
    public TokenSet? Previous { get; init; }

    /// <summary>The token request of a grant: its standard form under what the description says, filled by <paramref name="fill"/>.</summary>
    /// <exception cref="AuthenticationException">UnsupportedGrant: the description does not list it.</exception>
    public async Task<TokenSet> RequestTokenAsync(
        IGrant grant,
        string operationName,
        Action<TemplateValues> fill,
        bool repeatable,
        CancellationToken cancellationToken)
    {
        ProviderDescription description = Service.Description;
        OperationDescription described = description.Grant(operationName)
            ?? throw AuthError.Create(
                AuthErrorId.UnsupportedGrant,
                $"Provider '{description.Name}' has no way to get a token by {operationName}.",
                new ErrorDetails { Service = Service.DisplayName });
        OperationDescription operation = described.Over(grant.Standard);
        var call = new OperationCall
        {
            Name = operationName,
            Title = Previous is null ? "token request" : "renewal",
            Service = Service,
            Operation = operation,
            ClientId = Request.ClientId,
            Client = Request.Client,
            Repeatable = repeatable,
            ExtraFields = Service.ExtraFields,
            Log = Log,
            Fill = values =>
            {
                values.Set("scope", Request.Scopes.Count == 0 ? null : string.Join(description.ScopeSeparator, Request.Scopes));
                values.Set("scopes", Request.Scopes);
                values.Set("resource", Request.Resources);
                fill(values);
            },
        };
        (WireReply reply, JsonElement json) = await Runner.RunAsync(call, needsJson: true, cancellationToken).ConfigureAwait(false);
        return TokenReplyReader.Read(reply, json, operation.Reply ?? description.Reply, new TokenReplyContext(Clock, Previous?.SignInGrant ?? operationName)
        {
            RequestedScopes = Previous?.Scopes ?? Request.Scopes,
            PreviousRefreshToken = Previous?.RefreshToken,
            UserName = Previous?.Subject ?? Request.Input.UserName,
            Wish = Request.Input.TokenDuration is { } wish ? Duration.Parse(wish, "-TokenDuration") : null,
        });
    }
}
