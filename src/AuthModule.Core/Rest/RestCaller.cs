using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Concurrency;
using AuthModule.Errors;
using AuthModule.Http;
using AuthModule.Jose.Dpop;
using AuthModule.Secrets;
using AuthModule.Sessions;
using AuthModule.Telemetry;

namespace AuthModule.Rest;

/// <summary>Gets a session's token, renewed as far as the caller needs it.</summary>
internal delegate ValueTask<AuthToken> TokenSource(AuthSession session, TokenRequirement requirement, ICallLog log, CancellationToken cancellationToken);

/// <summary>
/// Calls APIs with a session's credential: to the origin that was asked for and to no other, renewed once where the API no
/// longer takes it, repeated where the API asks to come back later.
/// </summary>
internal sealed class RestCaller(IHttpSender sender, TokenSource tokens, DpopNonces nonces, TimeProvider clock)
{
    private const int MaxRedirects = 5;

    /// <summary>A success; dispose of it.</summary>
    /// <param name="session">Whose credential.</param>
    /// <param name="request">Without the credential.</param>
    /// <param name="settings">How to reach the API; null as the session's service is reached, with the certificate that tokens may be bound to.</param>
    /// <param name="log">The caller's.</param>
    /// <param name="cancellationToken">The caller's.</param>
    /// <exception cref="AuthException">What the API refused, RedirectRefused, or why it or a token could not be had.</exception>
    public async Task<RestReply> SendAsync(AuthSession session, RestRequest request, TransportSettings? settings, ICallLog log, CancellationToken cancellationToken)
    {
        TransportSettings transport = settings ?? session.Service.Transport with { AllowLinkLocalHttp = false };
        AuthToken token = await tokens(session, TokenRequirement.Default, log, cancellationToken).ConfigureAwait(false);
        var call = new Call(request, token, transport.Timeout, clock);
        int repeats = 0;
        while (true)
        {
            WireRequest sent = Prepare(call);
            HttpResponseMessage response = await sender.OpenAsync(sent, call.Request.Body?.Invoke(), transport, log, cancellationToken).ConfigureAwait(false);
            try
            {
                nonces.Remember(sent.Url, RestChallenge.NonceOf(response));
                if (response.IsSuccessStatusCode)
                {
                    var reply = new RestReply(response, sent, call.Budget, clock);
                    response = null!;
                    return reply;
                }

                bool goesOn = FollowRedirect(call, response, sent)
                    || RepeatWithNonce(call, response, log)
                    || await RenewAsync(call, session, response, log, cancellationToken).ConfigureAwait(false)
                    || await ComeBackAsync(call, response, transport.MaximumRetryCount, ++repeats, log, cancellationToken).ConfigureAwait(false);
                if (!goesOn && call.Request.TakesRefusals)
                {
                    var refusal = new RestReply(response, sent, call.Budget, clock);
                    response = null!;
                    return refusal;
                }

                if (!goesOn)
                {
                    throw await RestErrors.ReadAsync(response, sent, call.Budget.Left, clock, cancellationToken).ConfigureAwait(false);
                }
            }
            finally
            {
                response?.Dispose();
            }
        }
    }

    private WireRequest Prepare(Call call)
    {
        RestRequest request = call.Request;
        var scrubber = new SecretScrubber();
        var sent = new WireRequest("request", request.Url.GetLeftPart(UriPartial.Authority), request.Method, CredentialHeaders.AddressOf(call.Token, request.Url, scrubber), scrubber)
        {
            ReplyLimit = request.ReplyLimit,
            Timeout = call.Sendings++ == 0 ? call.Budget.Whole : call.Budget.Left,
        };
        List<KeyValuePair<string, string>> credential = CredentialHeaders.For(call.Token, request.Method, request.Url, nonces.For(request.Url), clock.GetUtcNow(), scrubber);
        sent.SetHeader("Accept", "*/*");
        foreach (KeyValuePair<string, string> header in CredentialHeaders.Beside(call.Token, request.Method))
        {
            sent.SetHeader(header.Key, header.Value);
        }

        foreach (KeyValuePair<string, string> header in request.Headers)
        {
            // Two credentials in one request: which one counts would be the server's guess.
            if (credential.Any(ours => string.Equals(ours.Key, header.Key, StringComparison.OrdinalIgnoreCase)) || string.Equals(header.Key, "Authorization", StringComparison.OrdinalIgnoreCase))
            {
                throw AuthError.Create(AuthErrorId.InvalidRequest, $"-Headers holds '{header.Key}', which would be a second credential beside the session's; nothing was sent.", $"Leave '{header.Key}' out, or use Invoke-RestMethod with a credential of your own.");
            }

            sent.SetHeader(header.Key, header.Value);
        }

        foreach (KeyValuePair<string, string> header in credential)
        {
            sent.SetHeader(header.Key, header.Value);
        }

        return sent;
    }

    private static bool FollowRedirect(Call call, HttpResponseMessage response, WireRequest sent)
    {
        int status = (int)response.StatusCode;
        if (status is not (301 or 302 or 303 or 307 or 308) || response.Headers.Location is not { } location)
        {
            return false;
        }

        var target = new Uri(sent.Url, location);
        bool isSameOrigin = target.Scheme == sent.Url.Scheme && target.Port == sent.Url.Port && string.Equals(target.Host, sent.Url.Host, StringComparison.OrdinalIgnoreCase);
        if (!isSameOrigin || ++call.Redirects > MaxRedirects)
        {
            throw AuthError.Create(
                AuthErrorId.RedirectRefused,
                isSameOrigin
                    ? $"{sent.Service} redirected more than {MaxRedirects} times; the last was to {target.GetLeftPart(UriPartial.Path)}."
                    : $"{sent.Service} redirected to {target.GetLeftPart(UriPartial.Path)} ({status}), another origin; the session's credential was not sent there.",
                new ErrorDetails { Service = sent.Service, StatusCode = status, CorrelationId = sent.RequestId });
        }

        bool keepsMethod = status is 307 or 308 || call.Request.Method == HttpMethod.Get || call.Request.Method == HttpMethod.Head;
        if (keepsMethod && !call.Request.IsBodyRepeatable)
        {
            return false;
        }

        call.Request = keepsMethod ? call.Request with { Url = target } : call.Request with { Url = target, Method = HttpMethod.Get, Body = null };
        return true;
    }

    private static bool RepeatWithNonce(Call call, HttpResponseMessage response, ICallLog log)
    {
        if (call.HasNonceRepeat || !call.Request.IsBodyRepeatable || !RestChallenge.WantsNonce(response))
        {
            return false;
        }

        log.Verbose("The API wants its nonce in the proof; sending the request again with it.");
        return call.HasNonceRepeat = true;
    }

    private async Task<bool> RenewAsync(Call call, AuthSession session, HttpResponseMessage response, ICallLog log, CancellationToken cancellationToken)
    {
        if ((int)response.StatusCode != 401 || call.IsRenewed || !call.Request.IsBodyRepeatable || session.Token?.TokenType == AuthModule.Tokens.TokenHeaders.ApiKeyType)
        {
            return false;
        }

        // Somebody else may have renewed it in the meantime: then that token is tried first.
        bool isNewThere = session.Token is { } now && !ReferenceEquals(now.Tokens, call.Token.Tokens);
        log.Verbose($"The API did not take the token (401); {(isNewThere ? "trying the session's newer one" : "renewing it once")}.");
        long before = clock.GetTimestamp();
        try
        {
            call.Token = await tokens(session, isNewThere ? TokenRequirement.Default : TokenRequirement.Now, log, cancellationToken).ConfigureAwait(false);
        }
        catch (TokenExpiredException nothingLeft)
        {
            // What the API said is what the caller needs to know; that there is nothing to renew with is a detail of it.
            log.Verbose(nothingLeft.Message);
            return false;
        }
        finally
        {
            // It has a time-out of its own, and may need a person.
            call.Budget.LeaveOut(before);
        }

        return call.IsRenewed = true;
    }

    private async Task<bool> ComeBackAsync(Call call, HttpResponseMessage response, int most, int repeat, ICallLog log, CancellationToken cancellationToken)
    {
        if ((int)response.StatusCode is not (429 or 503) || repeat > most || !call.Request.IsBodyRepeatable
            || RestErrors.RetryAfterOf(response) is not { } wait || wait > call.Budget.Left)
        {
            return false;
        }

        log.Verbose($"The API asks to come back in {wait.TotalSeconds:0} seconds ({(int)response.StatusCode}); waiting.");
        await ClockDelay.ForAsync(wait, clock, cancellationToken).ConfigureAwait(false);
        return true;
    }

    private sealed class Call(RestRequest request, AuthToken token, TimeSpan time, TimeProvider clock)
    {
        public TimeBudget Budget { get; } = new(time, clock);

        public int Sendings { get; set; }

        public RestRequest Request { get; set; } = request;

        public AuthToken Token { get; set; } = token;

        public bool IsRenewed { get; set; }

        public bool HasNonceRepeat { get; set; }

        public int Redirects { get; set; }
    }
}
