using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Errors;
using AuthModule.Issuing;

namespace AuthModule;

/// <content>Counts, limits, and ends everything of one subject.</content>
public sealed partial class AuthIssuer
{
    /// <summary>One minute.</summary>
    public static readonly TimeSpan DefaultRateWindow = TimeSpan.FromMinutes(1);

    /// <summary>
    /// Keeps, beside the tokens, who has which and how often they are used. Off by default: it costs a lock and a write of the
    /// store for each token that is issued.
    /// </summary>
    public bool TracksUsage { get; init; }

    /// <summary>How often a token may be tested in a window; null, the default, for no limit.</summary>
    /// <exception cref="AuthenticationException"><see cref="AuthErrorId.InvalidRequest"/>: not above zero.</exception>
    public int? TokenRateLimit
    {
        get;
        init => field = Limit(value, nameof(TokenRateLimit));
    }

    /// <summary>How often a client may ask in a window, tests, sign-ins and renewals together; null, the default, for no limit.</summary>
    /// <exception cref="AuthenticationException"><see cref="AuthErrorId.InvalidRequest"/>: not above zero.</exception>
    public int? ClientRateLimit
    {
        get;
        init => field = Limit(value, nameof(ClientRateLimit));
    }

    /// <summary>How long a window of the limits is; a minute by default. Windows begin by the clock, for all processes alike.</summary>
    /// <exception cref="ConfigurationException"><see cref="AuthErrorId.InvalidDuration"/>: not above zero.</exception>
    public TimeSpan RateWindow
    {
        get;
        init => field = Positive(value, nameof(RateWindow));
    } = DefaultRateWindow;

    /// <summary>What is known, by subject and client.</summary>
    /// <exception cref="AuthenticationException">InvalidRequest: this issuer does not keep it.</exception>
    internal async Task<IReadOnlyList<IssuerUsage>> ReadUsageAsync(string? subject, string? clientId, CancellationToken cancellationToken)
    {
        RequireTracking();
        IReadOnlyList<LedgerLine> lines = await ledger.ReadAsync(subject, cancellationToken).ConfigureAwait(false);
        return
        [
            .. lines.Where(line => clientId is null || line.ClientId == clientId)
                .OrderBy(line => line.Subject, StringComparer.Ordinal).ThenBy(line => line.ClientId, StringComparer.Ordinal)
                .Select(line => new IssuerUsage
                {
                    Subject = line.Subject,
                    ClientId = line.ClientId,
                    AccessTokens = line.Tokens.Values.Count(token => !token.IsRefresh),
                    RefreshTokens = line.Tokens.Values.Count(token => token.IsRefresh),
                    Issued = line.Issued,
                    Validated = line.Validated,
                    Refreshed = line.Refreshed,
                    Refused = line.Refused,
                    Revoked = line.Revoked,
                    LastUsedOn = line.LastUsedOn,
                    TokenRateLimit = TokenRateLimit,
                    ClientRateLimit = ClientRateLimit,
                    RateWindow = RateWindow,
                    Store = Store.Name,
                }),
        ];
    }

    /// <summary>Ends every token of a subject, or those that one client has. The number of tokens that were ended.</summary>
    /// <exception cref="AuthenticationException">InvalidRequest: this issuer does not keep who has which.</exception>
    internal async Task<int> RevokeSubjectAsync(string subject, string? clientId, CancellationToken cancellationToken)
    {
        RequireTracking();
        int ended = await ledger.ChangeAsync(
            subject,
            async page =>
            {
                int count = 0;
                foreach (LedgerLine line in page.Lines.Where(line => line.Subject == subject && (clientId is null || line.ClientId == clientId)))
                {
                    foreach (string key in line.Tokens.Keys)
                    {
                        count += await records.RemoveAsync(key, CancellationToken.None).ConfigureAwait(false) ? 1 : 0;
                    }

                    line.Revoked += line.Tokens.Count;
                    line.Tokens.Clear();
                    line.LastUsedOn = clock.GetUtcNow();
                }

                return count;
            },
            cancellationToken).ConfigureAwait(false);
        Report("RevokeSubject", new TokenGrant { Subject = subject, ClientId = clientId });
        return ended;
    }

    /// <summary>The same, as a revocation's result.</summary>
    internal async Task<RevocationResult> RevokeAllAsync(string subject, string? clientId, CancellationToken cancellationToken)
    {
        int ended = await RevokeSubjectAsync(subject, clientId, cancellationToken).ConfigureAwait(false);
        RevocationOutcome outcome = ended > 0 ? RevocationOutcome.Confirmed : RevocationOutcome.None;
        return new RevocationResult
        {
            AccessToken = outcome,
            RefreshToken = outcome,
            LocalCleared = true,
            Message = FormattableString.Invariant($"{Name} ended {ended} tokens of {subject}{(clientId is null ? string.Empty : " at " + clientId)}."),
        };
    }

    private static int? Limit(int? value, string name) =>
        value is null or > 0 ? value : throw AuthError.Create(AuthErrorId.InvalidRequest, $"{name} must be above zero.");

    private void RequireTracking()
    {
        if (!TracksUsage)
        {
            throw AuthError.Create(
                AuthErrorId.InvalidRequest,
                $"{Name} on {Store.Name} does not keep who has which tokens.",
                new ErrorDetails { Service = Name, Action = "Make the issuer with New-AuthIssuer -TrackUsage; what was issued before is not in it." });
        }
    }

    // Noted before anybody has the tokens, and under the lock: whoever ends everything of the subject misses none.
    private async Task<IssuedTokens> TrackAsync(TokenGrant grant, Action<LedgerLine> count, string[] replaced, Func<Task<IssuedTokens>> create, CancellationToken cancellationToken)
    {
        if (!TracksUsage)
        {
            return await create().ConfigureAwait(false);
        }

        return await ledger.ChangeAsync(
            grant.Subject,
            async page =>
            {
                IssuedTokens tokens = await create().ConfigureAwait(false);
                LedgerLine line = page.Of(grant.Subject, grant.ClientId);
                count(line);
                line.LastUsedOn = tokens.IssuedOn;
                foreach (string key in replaced)
                {
                    line.Tokens.Remove(key);
                }

                line.Tokens[TokenKey.Hash(tokens.AccessToken.Reveal())] = new LedgerToken(false, tokens.IssuedOn + tokens.ExpiresIn);
                if (tokens.RefreshToken is { } refresh)
                {
                    line.Tokens[TokenKey.Hash(refresh.Reveal())] = new LedgerToken(true, tokens.IssuedOn + tokens.RefreshExpiresIn);
                }

                return tokens;
            },
            cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<TokenStatus> CheckRatesAsync(string token, TokenStatus status, CancellationToken cancellationToken)
    {
        TimeSpan? wait = await rates.CheckTokenAsync(TokenKey.Hash(token), TokenRateLimit, RateWindow, cancellationToken).ConfigureAwait(false);
        string reason = IssuerRates.Reason(null, TokenRateLimit, RateWindow);
        if (wait is null)
        {
            string? clientId = status.Record!.ClientId;
            wait = await rates.CheckClientAsync(clientId, ClientRateLimit, RateWindow, cancellationToken).ConfigureAwait(false);
            reason = IssuerRates.Reason(clientId, ClientRateLimit, RateWindow);
        }

        return wait is null ? status : TokenStatus.Refused(AuthErrorId.RateLimited, reason, status.Record) with { RetryAfter = wait };
    }

    private ValueTask CountAsync(TokenStatus status, CancellationToken cancellationToken) => TracksUsage && status.Record is { } record
        ? ledger.CountAsync(record.Subject, record.ClientId, line => _ = status.IsActive ? line.Validated++ : line.Refused++, cancellationToken)
        : default;

    private async Task ForgetAsync(string key, TokenRecord record)
    {
        if (TracksUsage)
        {
            await ledger.ChangeAsync(
                record.Subject,
                page =>
                {
                    LedgerLine line = page.Of(record.Subject, record.ClientId);
                    int count = (line.Tokens.Remove(key) ? 1 : 0) + (record.AccessTokenHash is { } access && line.Tokens.Remove(access) ? 1 : 0);
                    line.Revoked += count;
                    line.LastUsedOn = clock.GetUtcNow();
                    return new ValueTask<int>(count);
                },
                CancellationToken.None).ConfigureAwait(false);
        }
    }
}
