using System;
using System.IO;
using System.Net.Http;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using AuthModule.Errors;

namespace AuthModule.Http;

/// <summary>Names what went wrong on the way, and whether the request can have arrived.</summary>
internal static class NetworkFailureKind
{
    private const string ProxyAdvice = "Check the proxy: -Proxy, or the system's (HTTPS_PROXY, NO_PROXY). Test-AuthService shows which one is in effect.";

    /// <summary>What clients throw when the network fails them. A connection that is reset while it is made comes as a bare socket error at times.</summary>
    public static bool IsOne(Exception cause) => cause is HttpRequestException or IOException or SocketException;

    /// <param name="cause">What the client threw.</param>
    /// <param name="request">What was to be sent.</param>
    /// <param name="connection">By which client.</param>
    /// <param name="proxy">The proxy on the way; null where there was none. It is named, so that nobody looks for its fault at the service.</param>
    public static Attempt Classify(Exception cause, WireRequest request, Connection connection, Uri? proxy)
    {
        string way = proxy is null ? string.Empty : $" through the proxy {ProxyAddress.Show(proxy)}";
        if (IsTls(cause))
        {
            string finding = connection.CertificateFinding is { } fault ? $": {fault}" : " (the handshake failed)";
            return Fail(AuthErrorId.TlsFailure, $"The connection to {request.Service}{way} is not secure{finding}. Nothing was sent.", cause, request, mayRepeat: false);
        }

        if (Find<SocketException>(cause) is { } socket && IsBeforeSending(socket.SocketErrorCode))
        {
            string fault = proxy is null
                ? $"{request.Service} cannot be reached: {Describe(socket.SocketErrorCode)} ({request.Url.Host}:{request.Url.Port})."
                : $"The proxy on the way to {request.Service} cannot be reached: {Describe(socket.SocketErrorCode)} ({ProxyAddress.Show(proxy)}).";
            return Fail(AuthErrorId.NetworkFailure, fault, cause, request, mayRepeat: true, wasNotSent: true, action: proxy is null ? null : ProxyAdvice);
        }

        if (proxy is not null && IsProxyRefusal(cause))
        {
            string status = Regex.Match(cause.Message, @"'(\d{3})'|\((\d{3})\)") is { Success: true } said ? $" ({said.Value.Trim('\'', '(', ')')})" : string.Empty;
            return Fail(
                AuthErrorId.NetworkFailure,
                $"The proxy {ProxyAddress.Show(proxy)} did not open the way to {request.Service}{status}.",
                cause,
                request,
                mayRepeat: false,
                wasNotSent: true,
                action: status == " (407)" ? "The proxy wants to know who asks: give -ProxyCredential." : ProxyAdvice);
        }

        if (IsMalformed(cause))
        {
            return Fail(AuthErrorId.MalformedResponse, $"{request.Service} answered the {request.Operation}{way} with something that is not HTTP.", cause, request, mayRepeat: false);
        }

        string asked = connection.WantsCertificate ? " It had asked for a client certificate and may want one, or another (-ClientCertificate)." : string.Empty;
        return Fail(AuthErrorId.NetworkFailure, $"The connection to {request.Service}{way} broke during the {request.Operation}.{asked}", cause, request, request.Repeatable);
    }

    private static Attempt Fail(string id, string message, Exception cause, WireRequest request, bool mayRepeat, bool wasNotSent = false, string? action = null) => Attempt.Failed(
        AuthError.Create(id, message, new ErrorDetails { Service = request.Service, CorrelationId = request.RequestId, Cause = cause, WasNotSent = wasNotSent, Action = action }),
        mayRepeat);

#if NETSTANDARD2_0
    private static bool IsTls(Exception cause) =>
        Find<System.Security.Authentication.AuthenticationException>(cause) is not null
        || Find<System.Net.WebException>(cause)?.Status is System.Net.WebExceptionStatus.TrustFailure or System.Net.WebExceptionStatus.SecureChannelFailure;

    public static bool IsMalformed(Exception cause) =>
        Find<System.Net.WebException>(cause)?.Status is System.Net.WebExceptionStatus.ServerProtocolViolation;
#else
    private static bool IsTls(Exception cause) =>
        Find<System.Security.Authentication.AuthenticationException>(cause) is not null
        || (Find<HttpRequestException>(cause)?.HttpRequestError == HttpRequestError.SecureConnectionError && Find<SocketException>(cause) is null);

    public static bool IsMalformed(Exception cause) =>
        Find<HttpRequestException>(cause)?.HttpRequestError is HttpRequestError.InvalidResponse or HttpRequestError.ConfigurationLimitExceeded
        || Find<HttpIOException>(cause)?.HttpRequestError is HttpRequestError.InvalidResponse or HttpRequestError.ConfigurationLimitExceeded;
#endif

#if NETSTANDARD2_0
    private static bool IsProxyRefusal(Exception cause) =>
        Find<System.Net.WebException>(cause) is { } refusal
        && (refusal.Status == System.Net.WebExceptionStatus.RequestProhibitedByProxy || (refusal.Response as System.Net.HttpWebResponse)?.StatusCode == System.Net.HttpStatusCode.ProxyAuthenticationRequired);
#else
    private static bool IsProxyRefusal(Exception cause) => Find<HttpRequestException>(cause)?.HttpRequestError == HttpRequestError.ProxyTunnelError;
#endif

    private static bool IsBeforeSending(SocketError error) => error is
        SocketError.ConnectionRefused or SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain or SocketError.NoRecovery
        or SocketError.HostUnreachable or SocketError.NetworkUnreachable or SocketError.HostDown or SocketError.NetworkDown or SocketError.AddressNotAvailable;

    private static string Describe(SocketError error) => error switch
    {
        SocketError.ConnectionRefused => "the connection was refused",
        SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain or SocketError.NoRecovery => "the name does not resolve",
        _ => "there is no route to it",
    };

    private static T? Find<T>(Exception? cause)
        where T : Exception
    {
        for (; cause is not null; cause = cause.InnerException)
        {
            if (cause is T found)
            {
                return found;
            }
        }

        return null;
    }
}
