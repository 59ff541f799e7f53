using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Errors;
using AuthModule.Http;
using AuthModule.Jose.Dpop;
using AuthModule.Json;
using AuthModule.Operations.ClientAuthentication;
using AuthModule.Providers;
using AuthModule.Requests;
using AuthModule.Resolution;
using AuthModule.Telemetry;
using AuthModule.Tokens;

namespace AuthModule.Operations;

/// <summary>Sends what a description describes: endpoint, fields, credential, and the other form of it where the first is not understood.</summary>
internal sealed class OperationRunner(IHttpSender sender, EndpointResolver endpoints, ClientAuthenticator clientAuthenticator, ClientRateLimiter limiter, TimeProvider clock)
{
    private const int BadRequest = 400;

    /// <summary>What servers gave for proofs of possession; calls to their APIs share them.</summary>
    public DpopNonces Nonces { get; } = new();

    /// <summary>What an assertion source works with, for one service.</summary>
    public AssertionQuery WorkloadOf(Service service, ICallLog log) => clientAuthenticator.WorkloadOf(service, issuer: null, log);

    /// <summary>A reply that is a success, with its JSON; the JSON is undefined where the body is empty and <paramref name="needsJson"/> is false.</summary>
    /// <exception cref="AuthException">What the service refused, or why it could not be asked.</exception>
    public async Task<(WireReply Reply, JsonElement Json)> RunAsync(OperationCall call, bool needsJson, CancellationToken cancellationToken)
    {
        OperationDescription operation = call.Operation;
        ErrorDescription errors = call.Service.Description.Errors;
        WireReply reply = await SendAsync(call, operation, cancellationToken).ConfigureAwait(false);
        while (operation.Fallback is { } fallback && (fallback.On.Contains(reply.Status) || (fallback.On.Contains(BadRequest) && IsRefusal(reply, errors))))
        {
            call.Log.Verbose($"{call.Service.DisplayName} did not take this form of the {call.Title} ({reply.Status}); trying the other one.");
            operation = fallback.Operation.Over(operation with { Fallback = null });
            reply = await SendAsync(call, operation, cancellationToken).ConfigureAwait(false);
        }

        if (!reply.IsSuccess)
        {
            throw ReplyErrors.Read(reply, errors, call);
        }

        JsonElement? json = JsonReply.TryRead(reply, out string fault, allowList: operation.Result is not null);
        if (json is { ValueKind: JsonValueKind.Object } found && errors.InSuccess is { } path && ReplyErrors.IsErrorInSuccess(found, path))
        {
            throw ReplyErrors.Read(reply, errors, call);
        }

        return json is null && (needsJson || JsonReply.IsPage(reply)) ? throw JsonReply.Malformed(reply, fault) : (reply, json ?? default);
    }

    // Some services refuse a form with 200 and an error in it: that counts as what it should have been.
    private static bool IsRefusal(WireReply reply, ErrorDescription errors) =>
        reply.IsSuccess
        && errors.InSuccess is { } path
        && JsonReply.TryRead(reply, out _) is { ValueKind: JsonValueKind.Object } json
        && ReplyErrors.IsErrorInSuccess(json, path);

    private Task<WireReply> SendAsync(OperationCall call, OperationDescription operation, CancellationToken cancellationToken) =>
        call.ProofKey is null ? SendOnceAsync(call, operation, cancellationToken) : SendWithProofAsync(call, operation, cancellationToken);

    private async Task<WireReply> SendWithProofAsync(OperationCall call, OperationDescription operation, CancellationToken cancellationToken)
    {
        WireReply reply = await SendOnceAsync(call, operation, cancellationToken).ConfigureAwait(false);
        Nonces.Remember(reply);
        if (reply.Status is not (400 or 401) || JsonReply.TryRead(reply, out _) is not { } refusal || JsonPath.Text(refusal, ["error"]) != DpopNonces.Error)
        {
            return reply;
        }

        call.Log.Verbose($"{call.Service.DisplayName} wants its nonce in the proof; sending the {call.Title} again with it.");
        reply = await SendOnceAsync(call, operation, cancellationToken).ConfigureAwait(false);
        Nonces.Remember(reply);
        return reply;
    }

    private async Task<WireReply> SendOnceAsync(OperationCall call, OperationDescription operation, CancellationToken cancellationToken)
    {
        Service service = call.Service;
        FieldEncoding encoding = operation.Encoding ?? FieldEncoding.Form;
        var draft = new RequestDraft();
        var scrubber = new AuthModule.Secrets.SecretScrubber();
        TemplateValues values = ServiceResolver.ValuesOf(service, scrubber);
        values.Purpose = call.Purpose;
        values.Set("clientId", call.ClientId);
        values.Set("clientSecret", call.Client.Secret);
        call.Fill(values);
        RequireCarried(call, operation, values);
        draft.AddDescribed(operation.Fields ?? [], values);
        foreach (KeyValuePair<string, string> extra in call.ExtraFields)
        {
            draft.Add(extra.Key, extra.Value);
        }

        draft.AddDescribedHeaders(service.Description.RequestHeaders, values);
        draft.AddDescribedHeaders(operation.Headers, values);
        IClientAuthenticationMethod? method = operation.Credential == OperationCredential.Client
            ? await clientAuthenticator.ChooseAsync(call, cancellationToken).ConfigureAwait(false)
            : null;
        Service reached = method is { UsesConnection: false } ? service.WithoutClientCertificate() : service;
        Uri endpoint = await AddressAsync(reached, operation, values, call.Log, cancellationToken).ConfigureAwait(false);
        if (method is not null)
        {
            await clientAuthenticator.ApplyAsync(method, draft, call, endpoint, scrubber, cancellationToken).ConfigureAwait(false);
        }
        else if (operation.Credential == OperationCredential.Token && call.Token is { } token)
        {
            string plain = token.Reveal();
            scrubber.Add(plain);
            draft.AddDescribedHeaders(
                TokenHeaders.For(service.Description, call.TokenType),
                TokenHeaders.Values(service.DisplayName, plain, call.TokenType));
        }

        var request = new WireRequest(call.Title, service.DisplayName, operation.Method is null or "POST" ? HttpMethod.Post : new HttpMethod(operation.Method), draft.AddressFor(endpoint, encoding), scrubber)
        {
            Repeatable = call.Repeatable,
        };
        draft.WriteTo(request, encoding);
        if (call.ProofKey is { } key)
        {
            request.SetHeader("DPoP", key.Prove(request.Method.Method, request.Url, Nonces.For(request.Url), accessToken: null, clock.GetUtcNow()));
        }

        await limiter.EnterAsync(service, call.Title, call.Log, cancellationToken).ConfigureAwait(false);
        WireReply reply = await sender.SendAsync(request, reached.Transport, call.Log, cancellationToken).ConfigureAwait(false);
        limiter.Learn(service, reply);
        return reply;
    }

    private static void RequireCarried(OperationCall call, OperationDescription operation, TemplateValues values)
    {
        string[] dropped = [.. call.MustCarry.Where(place => values.Has(place) && !operation.HasPlace(place)).Select(ParameterNames.Of)];
        if (dropped.Length > 0)
        {
            string names = string.Join(" and ", dropped);
            throw AuthError.Create(
                AuthErrorId.InvalidRequest,
                $"{call.Service.DisplayName} takes no {names} in its {call.Title}; it was not sent.",
                new ErrorDetails { Service = call.Service.DisplayName, Action = $"Leave out {names}, if you want it without." });
        }
    }

    /// <summary>An endpoint is a name that the description or discovery knows, or, with a slash in it, an address of its own.</summary>
    public async ValueTask<Uri> AddressAsync(Service service, OperationDescription operation, TemplateValues values, ICallLog log, CancellationToken cancellationToken)
    {
        string endpoint = operation.Endpoint ?? "token";
        return endpoint.Contains('/')
            ? new Uri(Template.Parse(endpoint).Fill(values, value => value.Contains("://", StringComparison.Ordinal) ? value : Uri.EscapeDataString(value))!)
            : await endpoints.RequireAsync(service, endpoint, log, cancellationToken).ConfigureAwait(false);
    }
}
