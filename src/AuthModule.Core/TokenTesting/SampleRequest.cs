using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Discovery;
using AuthModule.Http;
using AuthModule.Operations;
using AuthModule.Operations.ClientAuthentication;
using AuthModule.Platform;
using AuthModule.Providers;
using AuthModule.Requests;
using AuthModule.Resolution;
using AuthModule.Secrets;
using AuthModule.Text;
using AuthModule.Tokens;

namespace AuthModule.TokenTesting;

/// <summary>Puts one request of a description together with made-up values and shows it.</summary>
internal static class SampleRequest
{
    private static readonly string[] SecretPlaces =
    [
        "clientSecret", "password", "otp", "refreshToken", "accessToken", "apiKey", "code", "codeVerifier", "deviceCode", "authRequestId",
        "subjectToken", "actorToken", "assertion", "token", "idToken", "cookies",
    ];

    private const string SampleNumber = "3600";

    public static async Task<ProviderRequest> MakeAsync(string name, OperationDescription operation, Service service, TimeProvider clock, CancellationToken cancellationToken)
    {
        var sender = new UnopenedDoor();
        var endpoints = new EndpointResolver(new MetadataSource(sender, clock));
        var runner = new OperationRunner(sender, endpoints, new ClientAuthenticator(endpoints, sender, ProcessEnvironment.Instance, clock), new ClientRateLimiter(clock), clock);
        OperationCall call = CallOf(name, operation, service);
        string? fault = null;
        string? own = null;
        try
        {
            if (operation.Token is { } template)
            {
                own = runner.Make(call, template);
            }
            else
            {
                await runner.RunForReplyAsync(call, token: null, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (AuthException failure)
        {
            fault = failure.Message;
        }

        return sender.Sent is { } sent ? Show(name, sent) : new ProviderRequest
        {
            Name = name,
            Method = operation.Method ?? "POST",
            Url = own is null ? string.Empty : "(nothing is sent: the token is made here)",
            Headers = new Dictionary<string, string>(),
            Fault = fault,
        };
    }

    private static OperationCall CallOf(string name, OperationDescription operation, Service service) => new()
    {
        Name = name,
        Title = name,
        Service = service,
        Operation = operation with { Fallback = null },
        ClientId = "<clientId>",
        Client = new ClientCredential { Secret = Secret.From(Secret.Mask) },
        Token = Secret.From(Secret.Mask),
        Computed = place => place is "uuid" or "now" || place.StartsWith(TemplateFunction.Jwt, StringComparison.Ordinal) || place.StartsWith(TemplatePlaces.KeyPrefix, StringComparison.OrdinalIgnoreCase)
            ? $"<{place}>"
            : null,
        Kept = [.. KeptOf(service.Description).Select(keep => keep.IsSecret ? new KeptValue(keep.Name, null, Secret.From(Secret.Mask)) : new KeptValue(keep.Name, SampleOf(keep), null))],
        Fill = values =>
        {
            foreach (string place in TemplatePlaces.All.Where(place => !values.Has(place) && place is not ("uuid" or "now" or "authority" or "origin" or "host" or "tokenEndpoint")))
            {
                if (place is "scopes" or "resource" or "mfaMethods")
                {
                    values.Set(place, new[] { $"<{place}>" });
                }
                else
                {
                    values.Set(place, SecretPlaces.Contains(place) ? Secret.Mask : $"<{place}>");
                }
            }

            foreach (string place in operation.Templates.Where(template => template.IsNumber).SelectMany(template => template.Names))
            {
                values.Set(place, SampleNumber);
            }
        },
    };

    // An address is needed where one is kept.
    private static string SampleOf(KeepDescription keep) =>
        keep.IsAddress || keep.Name.EndsWith("Url", StringComparison.OrdinalIgnoreCase) || keep.Name.EndsWith("Uri", StringComparison.OrdinalIgnoreCase)
            || keep.From.Paths.Any(path => path.Part == ReplyPart.Header && string.Equals(path.Name, "Location", StringComparison.OrdinalIgnoreCase))
            ? $"{SampleService.Authority}/{keep.Name}"
            : $"<{keep.Name}>";

    private static IEnumerable<KeepDescription> KeptOf(ProviderDescription description) =>
        description.Reply.Keep
            .Concat(description.Grants.SelectMany(grant => new[] { grant.Value }.Concat(grant.Value.Before).Concat(grant.Value.After)
                .Concat(new[] { grant.Value.Challenge?.Push?.Start }.OfType<OperationDescription>())
                .SelectMany(step => step.Reply?.Keep ?? [])
                .Concat(grant.Value.Challenge?.Keep ?? [])))
            .GroupBy(keep => keep.Name, StringComparer.OrdinalIgnoreCase)
            .Select(group => group.First());

    private static ProviderRequest Show(string name, WireRequest sent)
    {
        string? body = sent.Body is { } bytes ? Encoding.UTF8.GetString(bytes) : null;
        string Scrubbed(string text) => sent.Scrubber.Scrub(text);
        return new ProviderRequest
        {
            Name = name,
            Method = sent.Method.Method,
            Url = Scrubbed(Uri.UnescapeDataString(sent.Url.AbsoluteUri)),
            Headers = sent.Headers.ToDictionary(header => header.Key, header => Scrubbed(header.Value), StringComparer.OrdinalIgnoreCase),
            ContentType = sent.ContentType,
            Body = body is null ? null : Scrubbed(FormText.IsForm(sent.ContentType) ? string.Join("&", FormText.Read(body).Select(field => $"{field.Key}={field.Value}")) : body),
        };
    }
}
