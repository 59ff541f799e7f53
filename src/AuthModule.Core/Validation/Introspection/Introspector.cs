using System;
using System.Collections.Generic;
using System.Text;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Concurrency;
using AuthModule.Errors;
using AuthModule.Jose.Tokens;
using AuthModule.Telemetry;

namespace AuthModule.Validation.Introspection;

/// <summary>
/// Tests tokens by asking the server that issued them (RFC 7662). That a token is active is remembered for a short while, never
/// longer than the token lives; that it is not is never remembered.
/// </summary>
/// <param name="ask">Sends one request with the token and returns the JSON reply of a 200.</param>
/// <param name="service">The server, as errors name it.</param>
internal sealed class Introspector(Func<string, CancellationToken, Task<JsonElement>> ask, string service)
{
    private readonly RecentTokens<Answer> active = new();
    private readonly SingleFlight<TokenDigest, Dictionary<string, object?>> flights = new();

    /// <summary>How long an answer is taken without asking again: a token that is revoked may still pass for so long (RFC 7662, section 4).</summary>
    public TimeSpan Lifetime { get; init; } = TimeSpan.FromMinutes(1);

    /// <exception cref="AuthServiceException">MalformedResponse: a reply that says neither yes nor no; whatever asking throws.</exception>
    public async ValueTask<TokenTestResult> TestAsync(string token, ValidationRules rules, ICallLog log, CancellationToken cancellationToken)
    {
        Dictionary<string, object?>? reply = IsToken(token)
            ? await AskAsync(token, rules.Clock, log, cancellationToken).ConfigureAwait(false)
            : null;
        var context = new ValidationContext
        {
            Text = token,
            Rules = rules,
            Log = log,
            Now = rules.Clock.GetUtcNow(),
            Reply = reply,
        };
        return await TokenValidator.RunAsync(context, ValidationChecks.Introspected, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>For a token that has just been revoked.</summary>
    public void Forget(string token) => active.Forget(TokenDigest.Of(token));

    // Visible ASCII (RFC 6749, appendix A.12). Anything else is no token, and two of them might look like one here.
    private static bool IsToken(string text)
    {
        foreach (char c in text)
        {
            if (c is < ' ' or > '~')
            {
                return false;
            }
        }

        return text.Length is > 0 and <= CompactToken.MaxCharacters;
    }

    private async Task<Dictionary<string, object?>> AskAsync(string token, TimeProvider clock, ICallLog log, CancellationToken cancellationToken)
    {
        TokenDigest digest = TokenDigest.Of(token);
        if (active.Find(digest) is { } known && clock.GetUtcNow() < known.Until)
        {
            return known.Reply;
        }

        if (log.IsEnabled(LogLevel.Verbose))
        {
            log.Verbose($"Asking {service} about the token.");
        }

        return await flights.RunAsync(
            digest,
            async stop =>
            {
                DateTimeOffset askedAt = clock.GetUtcNow();
                Dictionary<string, object?> reply = Read(await ask(token, stop).ConfigureAwait(false));
                if (reply["active"] is true)
                {
                    Remember(digest, reply, askedAt);
                }
                else
                {
                    active.Forget(digest);
                }

                return reply;
            },
            joined: null,
            cancellationToken).ConfigureAwait(false);
    }

    private void Remember(TokenDigest digest, Dictionary<string, object?> reply, DateTimeOffset askedAt)
    {
        DateTimeOffset until = askedAt + Lifetime;
        NumericDateState expiry = NumericDate.Read(reply, "exp", out DateTimeOffset expiresOn);
        if (expiry == NumericDateState.Valid && expiresOn < until)
        {
            until = expiresOn;
        }

        if (expiry != NumericDateState.Invalid && until > askedAt)
        {
            active.Keep(digest, new Answer(reply, until));
        }
    }

    private Dictionary<string, object?> Read(JsonElement document)
    {
        Dictionary<string, object?>? reply = PlainValues.TryReadObject(Encoding.UTF8.GetBytes(document.GetRawText()), out string fault);
        if (reply is not null && reply.TryGetValue("active", out object? value) && value is bool)
        {
            return reply;
        }

        throw AuthError.Create(
            AuthErrorId.MalformedResponse,
            reply is null ? $"{service} answered the introspection with JSON that {fault}." : $"{service} answered the introspection without saying whether the token is active (RFC 7662, section 2.2).",
            new ErrorDetails { Service = service });
    }

    private sealed record Answer(Dictionary<string, object?> Reply, DateTimeOffset Until);
}
