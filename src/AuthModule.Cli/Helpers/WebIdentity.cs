using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using System.Xml;
using System.Xml.Linq;
using AuthModule.Cli.Terminal;
using AuthModule.Errors;
using AuthModule.Http;
using AuthModule.Text;

namespace AuthModule.Cli.Helpers;

/// <summary>AssumeRoleWithWebIdentity of the AWS security token service, and its answer as <c>credential_process</c> is read.</summary>
internal static class WebIdentity
{
    private const string Operation = "AssumeRoleWithWebIdentity";

    /// <exception cref="AuthException">What the service said, or why it could not be asked.</exception>
    public static async Task<Dictionary<string, object?>> AssumeAsync(
        Invocation call, WebIdentityWish wish, TokenChoice choice, TransportSettings transport, CancellationToken cancellationToken)
    {
        string service = wish.Endpoint.GetLeftPart(UriPartial.Authority);
        AddressPolicy.RequireProtected(wish.Endpoint, service, transport);
        var fields = new List<KeyValuePair<string, string>>
        {
            new("Action", Operation),
            new("Version", "2011-06-15"),
            new("RoleArn", wish.Role),
            new("RoleSessionName", wish.SessionName),
            new("WebIdentityToken", choice.Text),
        };
        if (wish.Duration is { } duration)
        {
            fields.Add(new("DurationSeconds", ((long)duration.TotalSeconds).ToString(CultureInfo.InvariantCulture)));
        }

        var request = new WireRequest("web identity request", service, HttpMethod.Post, wish.Endpoint);
        request.Scrubber.Add(choice.Text);
        request.SetBody("application/x-www-form-urlencoded", string.Join('&', fields.Select(static field => $"{WebUtility.UrlEncode(field.Key)}={WebUtility.UrlEncode(field.Value)}")));
        WireReply reply = await call.Context.Engine.Sender.SendAsync(request, transport, call.Log, cancellationToken);
        XElement? answer = ReadXml(reply.Body);
        if (!reply.IsSuccess)
        {
            throw Refusal(reply, answer, wish, service);
        }

        XElement? credentials = answer?.Descendants().FirstOrDefault(static element => element.Name.LocalName == "Credentials");
        string Text(string name) => credentials?.Elements().FirstOrDefault(element => element.Name.LocalName == name)?.Value is { Length: > 0 } value
            ? value
            : throw AuthError.Create(
                AuthErrorId.MalformedResponse,
                $"{service} answered {Operation} without {name}.",
                new ErrorDetails { Service = service, StatusCode = reply.Status, CorrelationId = request.RequestId });
        return new()
        {
            ["Version"] = 1,
            ["AccessKeyId"] = Text("AccessKeyId"),
            ["SecretAccessKey"] = Text("SecretAccessKey"),
            ["SessionToken"] = Text("SessionToken"),
            ["Expiration"] = Text("Expiration"),
        };
    }

    private static AuthException Refusal(WireReply reply, XElement? answer, WebIdentityWish wish, string service)
    {
        string? Find(string name) => answer?.Descendants().FirstOrDefault(element => element.Name.LocalName == name)?.Value;
        string? code = Find("Code");
        string said = reply.Request.Scrubber.Scrub(Find("Message") ?? string.Empty);
        string id = code switch
        {
            "ExpiredTokenException" => AuthErrorId.TokenExpired,
            "InvalidIdentityToken" or "IDPRejectedClaim" => AuthErrorId.InvalidCredentials,
            "AccessDenied" => AuthErrorId.AccessDenied,
            "IDPCommunicationError" or "Throttling" => AuthErrorId.RateLimited,
            _ => reply.Status >= 500 ? AuthErrorId.ServerError : AuthErrorId.InvalidRequest,
        };
        return AuthError.Create(
            id,
            $"{service} refused to let the token assume {DisplayText.Text(wish.Role)}: {DisplayText.Text(code ?? "no code")} ({reply.Status}). {DisplayText.Text(said)}".TrimEnd(),
            new ErrorDetails
            {
                Service = service,
                StatusCode = reply.Status,
                OAuthError = code is null ? null : DisplayText.Text(code),
                CorrelationId = reply.Request.RequestId,
                Action = "Check the role's trust policy: it has to name this issuer, and the token's audience and subject. Where it wants the ID token, give --use-id-token.",
            });
    }

    private static XElement? ReadXml(byte[] body)
    {
        try
        {
            using var text = new StringReader(Encoding.UTF8.GetString(body));
            using var reader = XmlReader.Create(text, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
            return XElement.Load(reader);
        }
        catch (XmlException)
        {
            return null;
        }
    }
}
