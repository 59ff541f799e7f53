using System;
using System.Collections.Generic;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Errors;
using AuthModule.Operations;
using AuthModule.Profiles;
using AuthModule.Providers;
using AuthModule.Requests;
using AuthModule.Sessions;
using AuthModule.Telemetry;

namespace AuthModule.Accounts;

/// <summary>What a service does for somebody who is signed in: API keys, second factors. Described in its provider, sent with the session's token.</summary>
internal sealed class SessionOperation(OperationRunner runner, SessionTokenProvider renewer, ReferencedSecrets secrets, AuditLog audit)
{
    /// <exception cref="AuthenticationException">UnsupportedGrant: the provider has no such operation. InvalidRequest: no field for one of <paramref name="mustCarry"/>.</exception>
    public async Task<ReplyResult> RunAsync(
        AuthSession session,
        string name,
        string title,
        bool needsJson,
        Action<TemplateValues> fill,
        ICallLog log,
        CancellationToken cancellationToken,
        IReadOnlyList<string>? mustCarry = null)
    {
        OperationDescription operation = session.Service.Description.Operation(name)
            ?? throw AuthError.Create(
                AuthErrorId.UnsupportedGrant,
                $"Provider '{session.Provider}' describes no {title} (operation '{name}').",
                $"If the service has it, add operation '{name}' to its description: docs/providers.md shows how.");
        AuthToken token = await renewer.GetAsync(session, TokenRequirement.Default, log, cancellationToken).ConfigureAwait(false);
        TokenRequest client = await secrets.ReadClientAsync(session.Request, log, cancellationToken).ConfigureAwait(false);
        var call = new OperationCall
        {
            Name = name,
            Title = title,
            Service = session.Service.With(client),
            Operation = operation,
            ClientId = session.ClientId,
            Client = client.Client,
            Token = token.Tokens.AccessToken,
            TokenType = token.TokenType,
            Kept = token.Tokens.Kept,
            Input = client.Input,
            Repeatable = operation.Method is "GET",
            Log = log,
            Fill = fill,
            MustCarry = mustCarry ?? [],
        };
        AuthException? failure = null;
        try
        {
            (_, JsonElement json) = await runner.RunAsync(call, needsJson, cancellationToken).ConfigureAwait(false);
            return new ReplyResult(json, operation);
        }
        catch (AuthException cause)
        {
            failure = cause;
            throw;
        }
        finally
        {
            // What only reads changes nothing that an audit asks about.
            if (!call.Repeatable)
            {
                audit.Write(SessionAudit.EntryOf(session, name, failure), log);
            }
        }
    }
}
