using System;
using System.Linq;
using System.Text.Json;
using AuthModule.Discovery;
using AuthModule.Errors;
using AuthModule.Http;
using AuthModule.Json;
using AuthModule.Requests;
using AuthModule.Secrets;
using AuthModule.Text;

namespace AuthModule.Grants;

/// <summary>What a service answers to a device authorization request (RFC 8628, section 3.2).</summary>
internal sealed record DeviceAuthorization(Secret DeviceCode, string UserCode, Uri VerificationUri)
{
    /// <summary>With the code in it; null where the service has none.</summary>
    public Uri? VerificationUriComplete { get; init; }

    /// <summary>Null where the service does not say.</summary>
    public TimeSpan? Interval { get; init; }

    /// <summary>Null where the service does not say.</summary>
    public TimeSpan? Lifetime { get; init; }

    /// <exception cref="AuthServiceException">MalformedResponse: parts are missing; DiscoveryFailed: a person would be sent to a foreign host.</exception>
    public static DeviceAuthorization Read(WireReply reply, JsonElement json, Service service)
    {
        string deviceCode = JsonPath.Text(json, ["device_code"]) is { Length: > 0 and <= Secret.MaxCharacters } found ? found : throw JsonReply.Malformed(reply, "a JSON object without a device_code that can be one");
        reply.Request.Scrubber.Add(deviceCode);
        string userCode = JsonPath.Text(json, ["user_code"]) is { Length: > 0 } code ? code : throw JsonReply.Malformed(reply, "a JSON object without a user_code");

        // verification_url: what drafts of the standard called it.
        Uri page = Page(reply, JsonPath.Text(json, ["verification_uri", "verification_url"]), service)
            ?? throw JsonReply.Malformed(reply, "a JSON object without a verification_uri");
        return new DeviceAuthorization(Secret.From(deviceCode), DisplayText.Text(userCode), page)
        {
            VerificationUriComplete = Page(reply, JsonPath.Text(json, ["verification_uri_complete", "verification_url_complete"]), service),
            Interval = JsonNumber.Seconds(json, "interval"),
            Lifetime = JsonNumber.Seconds(json, "expires_in"),
        };
    }

    // A person will type a password there.
    private static Uri? Page(WireReply reply, string? text, Service service)
    {
        if (text is null)
        {
            return null;
        }

        if (!Uri.TryCreate(text, UriKind.Absolute, out Uri? page) || page.Scheme is not ("https" or "http") || page.UserInfo.Length > 0)
        {
            throw JsonReply.Malformed(reply, "a verification_uri that is not an address");
        }

        Uri source = reply.Request.Url;
        bool isOurs = HostPattern.IsOf(page, source, service.TrustedHosts)
            || string.Equals(page.Host, new Uri(service.Authority).Host, StringComparison.OrdinalIgnoreCase);
        bool isProtected = page.Scheme == Uri.UriSchemeHttps || page.IsLoopback || service.Transport.AllowInsecureHttp;
        return isOurs && isProtected ? page : throw AuthError.Create(
            AuthErrorId.DiscoveryFailed,
            $"{service.DisplayName} sends people to {page.GetLeftPart(UriPartial.Authority)} to sign in, {(isProtected ? "another host than its own" : "without TLS")}; nothing was shown.",
            new ErrorDetails
            {
                Service = service.DisplayName,
                CorrelationId = reply.Request.RequestId,
                Action = $"If that host belongs to the service, allow it: -Parameter @{{ trustedHosts = '{page.Host}' }}, or trustedHosts in the provider's description.",
            });
    }
}
