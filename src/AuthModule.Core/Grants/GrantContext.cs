using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Errors;
using AuthModule.Grants.AuthorizationCode;
using AuthModule.Jose.Dpop;
using AuthModule.Operations;
using AuthModule.Providers;
using AuthModule.Requests;
using AuthModule.Telemetry;
using AuthModule.Tokens;

namespace AuthModule.Grants;

/// <summary>What a grant works with during one acquisition.</summary>
internal sealed record GrantContext
{
    public required TokenRequest Request { get; init; }

    public required Service Service { get; init; }

    public required OperationRunner Runner { get; init; }

    public required TimeProvider Clock { get; init; }

    public required ICallLog Log { get; init; }

    public required GrantTools Tools { get; init; }

    /// <summary>The tokens that are renewed; null at a sign-in.</summary>
    public TokenSet? Previous { get; init; }

    /// <summary>Takes what a refused reply has replaced; null at a sign-in.</summary>
    public ReplacedTokens? Replaced { get; init; }

    /// <summary>The key that the tokens are bound to; null for bearer tokens.</summary>
    public DpopKey? ProofKey { get; init; }

    /// <summary>The same, and the tokens of the reply once they were found good.</summary>
    public async Task<TokenSet> RequestTokenAsync(
        IGrant grant,
        string operationName,
        Action<TemplateValues> fill,
        bool repeatable,
        CancellationToken cancellationToken,
        bool sendsExtras = true,
        bool clientIsOptional = false,
        IReadOnlyList<string>? carriedScopes = null,
        IdTokenExpectation? expected = null)
    {
        TokenReply reply = await AskForTokenAsync(grant, operationName, fill, repeatable, cancellationToken, sendsExtras, clientIsOptional, carriedScopes).ConfigureAwait(false);
        return await reply.AcceptAsync(expected ?? IdTokenExpectation.None, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The token request of a grant: its standard form under what the description says, filled by <paramref name="fill"/>.</summary>
    /// <param name="grant">Whose standard form.</param>
    /// <param name="operationName">The entry of the description.</param>
    /// <param name="fill">Fills the grant's own places.</param>
    /// <param name="repeatable">False for whatever works once.</param>
    /// <param name="cancellationToken">The caller's.</param>
    /// <param name="sendsExtras">False where an earlier request of the same sign-in carried the user's own fields.</param>
    /// <param name="carriedScopes">The scopes that the service was told, where another field or request than the token request's has them; null looks at that.</param>
    /// <param name="clientIsOptional">True where what is sent proves enough, so that nobody need be named as the client.</param>
    /// <exception cref="AuthenticationException">UnsupportedGrant: the description does not list it.</exception>
    public async Task<TokenReply> AskForTokenAsync(
        IGrant grant,
        string operationName,
        Action<TemplateValues> fill,
        bool repeatable,
        CancellationToken cancellationToken,
        bool sendsExtras = true,
        bool clientIsOptional = false,
        IReadOnlyList<string>? carriedScopes = null)
    {
        SecretShape.Require(Request);
        ProviderDescription description = Service.Description;
        OperationDescription described = description.Grant(operationName)
            ?? throw AuthError.Create(
                AuthErrorId.UnsupportedGrant,
                $"Provider '{description.Name}' has no way to get a token by {operationName}.",
                new ErrorDetails { Service = Service.DisplayName });
        OperationDescription operation = described.Over(grant.Standard);
        if (clientIsOptional && Request.ClientId is null && !Request.Client.IsPresent && described.Credential is null)
        {
            operation = operation with { Credential = OperationCredential.None };
        }

        ReplyDescription reply = operation.Reply ?? description.Reply;
        carriedScopes ??= Carried(operation);
        OperationCall call = Call(operationName, Previous is null ? "token request" : "renewal", operation, fill) with
        {
            Repeatable = repeatable,
            SendsExtras = sendsExtras,
            ProofKey = ProofKey,
        };
        if (operation.Token is not null)
        {
            return new TokenReply(this, OwnToken.Make(this, call, reply)) { OperationName = operationName, CarriedScopes = carriedScopes };
        }

        var steps = new SignInSteps(this, call, reply);
        (ReplyDocument document, ReplyDescription read) = await steps.RunAsync(cancellationToken).ConfigureAwait(false);
        if (Log.IsEnabled(LogLevel.Debug))
        {
            Log.Debug(ReadPlaces.Describe(document, read));
        }

        return new TokenReply(this, document, read, steps) { OperationName = operationName, CarriedScopes = carriedScopes };
    }

    /// <summary>The wanted scopes, where a request says them; none where it has no place for them: what was not asked for is not granted by silence (RFC 6749, section 5.1).</summary>
    public IReadOnlyList<string> Carried(OperationDescription operation) => 
        operation.CarriesScope || operation.Before.Any(step => step.CarriesScope) || IsScopeAsserted(operation) ? Request.Scopes : [];

    private bool IsScopeAsserted(OperationDescription operation) =>
        Service.Description.Assertions.Any(assertion => operation.HasPlace(TemplateFunction.Jwt + assertion.Name)
            && assertion.Claims.SelectMany(claim => claim.Templates).SelectMany(template => template.Names).Any(name => name is "scope" or "scopes"));

    /// <summary>Says once that the wanted scopes were not sent.</summary>
    public void WarnOfScope()
    {
        if (Request.Scopes.Count > 0 && !Service.HasWarnedOfScope)
        {
            Service.HasWarnedOfScope = true;
            Log.Warning($"{Service.DisplayName} takes no scope with this way to sign in: -Scope was not sent, and the token may do what the service decides.");
        }
    }

    /// <summary>A request to the service by its client, with what every request of a sign-in can name.</summary>
    public OperationCall Call(string name, string title, OperationDescription operation, Action<TemplateValues> fill) => new()
    {
        Name = name,
        Title = title,
        Purpose = "this way to sign in",
        Service = Service,
        Operation = operation,
        ClientId = Request.ClientId,
        Client = Request.Client,
        Token = Previous?.AccessToken,
        TokenType = Previous?.TokenType ?? TokenTypes.Bearer,
        Kept = Previous?.Kept ?? [],
        Input = Request.Input,
        Log = Log,
        Fill = values =>
        {
            RequestValues.Set(values, Request, Service);
            values.Set("accessToken", Previous?.AccessToken);
            fill(values);
        },
    };
}
