using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Errors;
using AuthModule.Operations;
using AuthModule.Secrets;
using AuthModule.Telemetry;

namespace AuthModule.Accounts.ApiKeys;

/// <summary>Makes, lists, regenerates and removes API keys at a service whose provider describes how.</summary>
internal sealed class ApiKeyService(SessionOperation operations)
{
    /// <exception cref="AuthenticationException">InvalidRequest: the service has no field for a limit or description that is wanted; no key was made.</exception>
    public async Task<ApiKey> CreateAsync(AuthSession session, NewApiKey wanted, ICallLog log, CancellationToken cancellationToken)
    {
        ReplyResult reply = await operations.RunAsync(
            session,
            "apiKeyCreate",
            "API key request",
            needsJson: true,
            values =>
            {
                values.Set("name", wanted.Name);
                values.Set("scopes", wanted.Scopes);
                values.Set("expiresOn", wanted.ExpiresOn?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
                values.Set("description", wanted.Description);
            },
            log,
            cancellationToken,
            mustCarry: ["scopes", "expiresOn", "description"]).ConfigureAwait(false);
        return RequireKey(Read(session, reply, wanted.Name), session);
    }

    public async Task<IReadOnlyList<ApiKey>> ListAsync(AuthSession session, ICallLog log, CancellationToken cancellationToken)
    {
        ReplyResult reply = await operations.RunAsync(session, "apiKeyList", "list of API keys", needsJson: true, _ => { }, log, cancellationToken).ConfigureAwait(false);
        return [.. reply.Items().Select(item => Read(session, item, null))];
    }

    /// <exception cref="AuthenticationException">InvalidRequest: there is none of this id.</exception>
    public static ApiKey Find(IReadOnlyList<ApiKey> keys, string id, AuthSession session) => keys.FirstOrDefault(key => key.Id == id)
        ?? throw AuthError.Create(
            AuthErrorId.InvalidRequest,
            $"{session.Authority} lists no API key of this id.",
            new ErrorDetails { Service = session.Authority, Action = "Get-AuthApiKey lists those that there are." });

    public async Task<ApiKey> RegenerateAsync(AuthSession session, Secret id, ICallLog log, CancellationToken cancellationToken)
    {
        ReplyResult reply = await operations.RunAsync(session, "apiKeyRegenerate", "regeneration of an API key", needsJson: true, FillId(id), log, cancellationToken).ConfigureAwait(false);
        return RequireKey(Read(session, reply, null), session);
    }

    public Task RemoveAsync(AuthSession session, Secret id, ICallLog log, CancellationToken cancellationToken) =>
        operations.RunAsync(session, "apiKeyRemove", "removal of an API key", needsJson: false, FillId(id), log, cancellationToken);

    // Some services name a key by the key itself, so an id is kept out of texts like one.
    private static Action<AuthModule.Providers.TemplateValues> FillId(Secret id) => values => values.Set("id", id);

    private static ApiKey Read(AuthSession session, ReplyResult reply, string? name) => new(Secret.FromOptional(reply.Text("key")))
    {
        ServiceId = reply.Text("id"),
        Name = VisibleText.OfOptional(reply.Text("name") ?? name),
        Authority = session.Authority,
        Scopes = VisibleText.OfValues(reply.Texts("scopes")),
        CreatedOn = reply.Time("createdOn"),
        ExpiresOn = reply.Time("expiresOn"),
        LastUsedOn = reply.Time("lastUsedOn"),
        IsActive = reply.Flag("isActive"),
        Description = VisibleText.OfOptional(reply.Text("description")),
    };

    private static ApiKey RequireKey(ApiKey made, AuthSession session) => made.Key is not null
        ? made
        : throw AuthError.Create(
            AuthErrorId.MalformedResponse,
            $"{session.Authority} answered the API key request with no key.",
            new ErrorDetails { Service = session.Authority, Action = "List the keys: it may have been made. Then check the provider's description (apiKeyCreate, result)." });
}

/// <summary>What a new key shall be.</summary>
internal sealed record NewApiKey(string Name)
{
    public IReadOnlyList<string> Scopes { get; init; } = [];

    public DateTimeOffset? ExpiresOn { get; init; }

    public string? Description { get; init; }
}
