using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Grants;
using AuthModule.Operations;
using AuthModule.Profiles;
using AuthModule.Providers;
using AuthModule.Requests;
using AuthModule.Resolution;
using AuthModule.Secrets;
using AuthModule.Telemetry;
using AuthModule.Tokens;

namespace AuthModule.Sessions;

/// <summary>
/// Revokes tokens at the server, the refresh token first because it makes new ones (RFC 7009), or signs out where the service
/// has that instead; then forgets them here, whatever the server said.
/// </summary>
internal sealed class SessionRevoker(OperationRunner runner, EndpointResolver endpoints, GrantTools tools, ReferencedSecrets secrets, TimeProvider clock)
{
    private const string Revocation = "revocation";
    private const string SignOut = "signOut";

    private static readonly OperationDescription StandardRevocation = TokenOperation.Standard(Revocation);

    public async Task<RevocationResult> RevokeAsync(AuthSession session, bool localOnly, ICallLog log, CancellationToken cancellationToken)
    {
        // Under the lock, so that no renewal under way brings back what is revoked. What the store did not take is the newest.
        IStoreLock held = await session.SessionStore.LockAsync(session.Key, cancellationToken).ConfigureAwait(false);
        await using ConfiguredAsyncDisposable releasing = held.ConfigureAwait(false);
        TokenSet? tokens = session.Unsaved?.Tokens
            ?? await session.SessionStore.ReadAsync(session, cancellationToken).ConfigureAwait(false)
            ?? session.Token?.Tokens;
        var outcome = default((RevocationOutcome Access, RevocationOutcome Refresh, AuthException? Failure));
        try
        {
            if (tokens is not null && !localOnly)
            {
                outcome = session.GrantUsed is IOwnGrant own
                    ? await RevokeAtOriginAsync(own, session, tokens, log, cancellationToken).ConfigureAwait(false)
                    : await RevokeAtServerAsync(session, tokens, log, cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            session.Clear();
            await session.SessionStore.RemoveAsync(session.Key, CancellationToken.None).ConfigureAwait(false);
        }

        return new RevocationResult
        {
            AccessToken = outcome.Access,
            RefreshToken = outcome.Refresh,
            LocalCleared = true,
            Failure = outcome.Failure,
            Message = Sentence(session, tokens, localOnly, outcome.Access, outcome.Refresh, outcome.Failure),
        };
    }

    /// <summary>One token from elsewhere: nothing is cleared here.</summary>
    public async Task<RevocationResult> RevokeTokenAsync(Service service, TokenRequest request, Secret token, ICallLog log, CancellationToken cancellationToken)
    {
        (RevocationOutcome outcome, AuthException? failure) = await SendAsync(service, request, token, hint: null, [], log, cancellationToken).ConfigureAwait(false);
        return new RevocationResult
        {
            AccessToken = outcome,
            Failure = failure,
            Message = outcome switch
            {
                RevocationOutcome.Confirmed => $"{service.DisplayName} confirmed that the token is revoked.",
                RevocationOutcome.Unsupported => $"{service.DisplayName} cannot revoke tokens: it works until it ends.",
                _ => failure!.Message,
            },
        };
    }

    private async Task<(RevocationOutcome Access, RevocationOutcome Refresh, AuthException? Failure)> RevokeAtOriginAsync(
        IOwnGrant grant, AuthSession session, TokenSet tokens, ICallLog log, CancellationToken cancellationToken)
    {
        var context = new GrantContext { Request = session.Request, Service = session.Service.With(session.Request), Runner = runner, Tools = tools, Clock = clock, Log = log };
        try
        {
            (RevocationOutcome access, RevocationOutcome refresh) = await grant.RevokeAsync(context, tokens, cancellationToken).ConfigureAwait(false);
            return (access, refresh, null);
        }
        catch (AuthException failure) when (failure.Code != AuthErrorId.Canceled)
        {
            return (RevocationOutcome.Failed, RevocationOutcome.Failed, failure);
        }
    }

    private async Task<(RevocationOutcome Access, RevocationOutcome Refresh, AuthException? Failure)> RevokeAtServerAsync(
        AuthSession session, TokenSet tokens, ICallLog log, CancellationToken cancellationToken)
    {
        Service service = session.Service;
        TokenRequest request;
        try
        {
            request = await secrets.ReadClientAsync(session.Request, log, cancellationToken).ConfigureAwait(false);
        }
        catch (AuthException unread) when (unread.Code != AuthErrorId.Canceled)
        {
            return (RevocationOutcome.Failed, tokens.RefreshToken is null ? RevocationOutcome.None : RevocationOutcome.Failed, unread);
        }

        service = service.With(request);
        if (service.Description.Operation(SignOut) is { } signOut)
        {
            (RevocationOutcome outcome, AuthException? refused) = await SignOutAsync(service, request, signOut, tokens, log, cancellationToken).ConfigureAwait(false);
            RevocationOutcome Of(bool isEnded) => isEnded || outcome != RevocationOutcome.Confirmed ? outcome : RevocationOutcome.Unsupported;
            return (Of(signOut.EndsAccessToken), tokens.RefreshToken is null ? RevocationOutcome.None : Of(signOut.EndsRefreshToken), refused);
        }

        var refresh = RevocationOutcome.None;
        AuthException? failure = null;
        if (tokens.RefreshToken is { } refreshToken)
        {
            (refresh, failure) = await SendAsync(service, request, refreshToken, "refresh_token", tokens.Kept, log, cancellationToken).ConfigureAwait(false);
        }

        (RevocationOutcome access, AuthException? second) = await SendAsync(service, request, tokens.AccessToken, "access_token", tokens.Kept, log, cancellationToken).ConfigureAwait(false);
        return (access, refresh, failure ?? second);
    }

    private async Task<(RevocationOutcome Outcome, AuthException? Failure)> SendAsync(
        Service service, TokenRequest request, Secret token, string? hint, IReadOnlyList<KeptValue> kept, ICallLog log, CancellationToken cancellationToken)
    {
        if (service.Description.Operation(Revocation) is not { } described)
        {
            return (RevocationOutcome.Unsupported, null);
        }

        try
        {
            OperationDescription operation = described.Over(StandardRevocation);
            if (operation.Endpoint == Revocation && await endpoints.FindAsync(service, Revocation, log, cancellationToken).ConfigureAwait(false) is null)
            {
                return (RevocationOutcome.Unsupported, null);
            }

            await runner.RunAsync(
                new OperationCall
                {
                    Name = Revocation,
                    Title = "revocation",
                    Service = service,
                    Operation = operation,
                    ClientId = request.ClientId,
                    Client = request.Client,
                    Token = token,
                    Kept = kept,
                    Input = request.Input,
                    Log = log,
                    Fill = values =>
                    {
                        values.Set("token", token);
                        values.Set("tokenTypeHint", hint);
                    },
                },
                needsJson: false,
                cancellationToken).ConfigureAwait(false);
            return (RevocationOutcome.Confirmed, null);
        }
        catch (AuthException refused) when (refused.OAuthError == "unsupported_token_type")
        {
            return (RevocationOutcome.Unsupported, null);
        }
        catch (AuthException failure) when (failure.Code != AuthErrorId.Canceled)
        {
            return (RevocationOutcome.Failed, failure);
        }
    }

    private async Task<(RevocationOutcome Outcome, AuthException? Failure)> SignOutAsync(
        Service service, TokenRequest request, OperationDescription operation, TokenSet tokens, ICallLog log, CancellationToken cancellationToken)
    {
        try
        {
            await runner.RunAsync(
                new OperationCall
                {
                    Name = SignOut,
                    Title = "sign-out",
                    Service = service,
                    Operation = operation,
                    ClientId = request.ClientId,
                    Client = request.Client,
                    Token = tokens.AccessToken,
                    TokenType = tokens.TokenType,
                    Kept = tokens.Kept,
                    Input = request.Input,
                    Log = log,
                    Fill = values =>
                    {
                        values.Set("token", tokens.AccessToken);
                        values.Set("accessToken", tokens.AccessToken);
                        values.Set("refreshToken", tokens.RefreshToken);
                    },
                },
                needsJson: false,
                cancellationToken).ConfigureAwait(false);
            return (RevocationOutcome.Confirmed, null);
        }
        catch (AuthException failure) when (failure.Code != AuthErrorId.Canceled)
        {
            return (RevocationOutcome.Failed, failure);
        }
    }

    private static string Sentence(AuthSession session, TokenSet? tokens, bool localOnly, RevocationOutcome access, RevocationOutcome refresh, AuthException? failure)
    {
        if (tokens is null)
        {
            return $"Session {session.Id} held no token; it is forgotten.";
        }

        if (localOnly)
        {
            return $"Session {session.Id} is forgotten here; {session.Authority} was not told, its tokens work until they end.";
        }

        if (failure is not null)
        {
            return $"The tokens are forgotten here, but may still work at {session.Authority}: {failure.Message}";
        }

        string What(RevocationOutcome outcome) => outcome switch
        {
            RevocationOutcome.Confirmed => "revoked",
            RevocationOutcome.Unsupported when session.Service.Description.Operation(SignOut) is not null => "not ended by the sign-out, as far as is known, and may work until it ends",
            RevocationOutcome.Unsupported => "cannot be revoked there and works until it ends",
            _ => "none",
        };
        return refresh == RevocationOutcome.None
            ? $"{session.Authority}: access token {What(access)}. Forgotten here."
            : $"{session.Authority}: refresh token {What(refresh)}, access token {What(access)}. Forgotten here.";
    }
}
