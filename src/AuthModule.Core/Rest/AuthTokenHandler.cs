using System;
using System.Collections.Generic;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Rest;
using AuthModule.Secrets;
using AuthModule.Sessions;
using AuthModule.Telemetry;

namespace AuthModule;

/// <summary>
/// A handler for <see cref="HttpClient"/> that attaches a session's credential to every request to one API, and renews it
/// once where the API answers 401. Requests to any other origin go out without it. Safe from many threads.
/// </summary>
/// <remarks>
/// Reaches the API as the session's service is reached: proxy, authorities, client certificate. Redirects are not followed,
/// because a credential in a header would go along; with an inner handler of one's own, see to that.
/// </remarks>
public sealed class AuthTokenHandler : DelegatingHandler
{
    private readonly AuthSession session;
    private readonly Uri api;

    /// <param name="session">Whose credential.</param>
    /// <param name="api">The API: scheme, host and port count. Https, or this machine.</param>
    /// <exception cref="ArgumentNullException">A parameter is null.</exception>
    /// <exception cref="ConfigurationException">InsecureUrl: the address is http and not of this machine.</exception>
    public AuthTokenHandler(AuthSession session, Uri api)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(api);
        AuthModule.Http.AddressPolicy.RequireProtected(api, api.GetLeftPart(UriPartial.Authority), session.Service.Transport with { AllowLinkLocalHttp = false });
        InnerHandler = AuthModule.Http.ConnectionFactory.Create(session.Service.Transport, AuthModule.Http.AddressPolicy.IsLocal(api)).Handler;
        this.session = session;
        this.api = api;
    }

    /// <summary>Attaches the credential and sends.</summary>
    /// <exception cref="AuthException">There is no token to be had.</exception>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.RequestUri is not { } url || !IsOurs(url))
        {
            return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }

        // Sent again at most once; the first sending must not use up what the second one needs.
        HttpRequestMessage second = await CopyAsync(request).ConfigureAwait(false);
        AuthToken token = await session.TokenProvider.GetAsync(session, TokenRequirement.Default, NoLog.Instance, cancellationToken).ConfigureAwait(false);
        Attach(request, url, token);
        HttpResponseMessage response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        session.TokenProvider.Nonces.Remember(url, RestChallenge.NonceOf(response));
        if ((int)response.StatusCode != 401)
        {
            second.Dispose();
            return response;
        }

        if (!RestChallenge.WantsNonce(response))
        {
            if (token.TokenType == AuthModule.Tokens.TokenHeaders.ApiKeyType || await TryRenewAsync(token, cancellationToken).ConfigureAwait(false) is not { } renewed)
            {
                second.Dispose();
                return response;
            }

            token = renewed;
        }

        response.Dispose();
        Attach(second, url, token);
        return await base.SendAsync(second, cancellationToken).ConfigureAwait(false);
    }

    // Null leaves the API's own 401 to the caller.
    private async Task<AuthToken?> TryRenewAsync(AuthToken refused, CancellationToken cancellationToken)
    {
        try
        {
            bool isNewThere = session.Token is { } now && !ReferenceEquals(now.Tokens, refused.Tokens);
            return await session.TokenProvider.GetAsync(session, isNewThere ? TokenRequirement.Default : TokenRequirement.Now, NoLog.Instance, cancellationToken).ConfigureAwait(false);
        }
        catch (TokenExpiredException)
        {
            return null;
        }
    }

    private void Attach(HttpRequestMessage request, Uri url, AuthToken token)
    {
        foreach (KeyValuePair<string, string> header in CredentialHeaders.For(token, request.Method, url, session.TokenProvider.Nonces.For(url), session.TokenProvider.Clock.GetUtcNow(), new SecretScrubber()))
        {
            request.Headers.Remove(header.Key);
            request.Headers.TryAddWithoutValidation(header.Key, header.Value);
        }

        request.RequestUri = CredentialHeaders.AddressOf(token, url, new SecretScrubber());
        foreach (KeyValuePair<string, string> header in CredentialHeaders.Beside(token, request.Method))
        {
            if (!request.Headers.Contains(header.Key))
            {
                request.Headers.TryAddWithoutValidation(header.Key, header.Value);
            }
        }
    }

    private bool IsOurs(Uri url) =>
        url.IsAbsoluteUri && url.Scheme == api.Scheme && url.Port == api.Port && string.Equals(url.Host, api.Host, StringComparison.OrdinalIgnoreCase);

    private static async Task<HttpRequestMessage> CopyAsync(HttpRequestMessage request)
    {
        var copy = new HttpRequestMessage(request.Method, request.RequestUri) { Version = request.Version };
        foreach (KeyValuePair<string, IEnumerable<string>> header in request.Headers)
        {
            copy.Headers.TryAddWithoutValidation(header.Key, header.Value);
        }

        if (request.Content is { } content)
        {
            copy.Content = new ByteArrayContent(await content.ReadAsByteArrayAsync().ConfigureAwait(false));
            foreach (KeyValuePair<string, IEnumerable<string>> header in content.Headers)
            {
                copy.Content.Headers.TryAddWithoutValidation(header.Key, header.Value);
            }
        }

        return copy;
    }
}
