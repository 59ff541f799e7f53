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
        OperationDescription? answered = null;
        ReplyDocument document = await AskAsync(call, operation => answered = operation, cancellationToken).ConfigureAwait(false);
        if (ReplyErrors.IsRefusal(document, call.Service.Description.Errors, ReplyUse.Operation))
        {
            throw ReplyErrors.Read(document, call.Service.Description.Errors, call);
        }

        bool allowsList = answered!.Result is not null;
        string fault = document.Root is { } json ? JsonReply.FaultOf(json, allowsList) : document.Fault;
        return fault.Length > 0 && (needsJson || JsonReply.IsPage(document.Reply))
            ? throw JsonReply.Malformed(document.Reply, fault)
            : (document.Reply, fault.Length > 0 ? default : document.Root!.Value);
    }

    /// <summary>A reply to a request for a token, or to one on the way to it.</summary>
    /// <param name="call">The request.</param>
    /// <param name="token">Where the token is; null where the reply brings none.</param>
    /// <param name="cancellationToken">The caller's.</param>
    /// <exception cref="AuthException">What the service refused, or why it could not be asked.</exception>
    public async Task<ReplyDocument> RunForReplyAsync(OperationCall call, ReplyPlaces? token, CancellationToken cancellationToken)
    {
        ReplyDocument document = await AskAsync(call, _ => { }, cancellationToken).ConfigureAwait(false);
        if (call.Expected is { } expected && Conditions.Fit(document, expected))
        {
            return document;
        }

        bool hasToken = token is null ? document.Reply.IsSuccess : document.FindText(token) is { Length: > 0 };
        return ReplyErrors.IsRefusal(document, call.Service.Description.Errors, hasToken ? ReplyUse.TokenThere : token is null ? ReplyUse.Operation : ReplyUse.TokenMissing)
            ? throw ReplyErrors.Read(document, call.Service.Description.Errors, call)
            : document;
    }

    private async Task<ReplyDocument> AskAsync(OperationCall call, Action<OperationDescription> answered, CancellationToken cancellationToken)
    {
        OperationDescription operation = call.Operation;
        ErrorDescription errors = call.Service.Description.Errors;
        ReplyBody body = (operation.Reply ?? call.Service.Description.Reply).Body;
        ReplyDocument document = ReplyDocument.Read(await SendAsync(call, operation, cancellationToken).ConfigureAwait(false), body);
        while (operation.Fallback is { } fallback && IsAnsweredBy(fallback, document, errors))
        {
            call.Log.Verbose($"{call.Service.DisplayName} did not take this form of the {call.Title} ({document.Reply.Status}); trying the other one.");
            operation = fallback.Operation.Over(operation with { Fallback = null });
            document = ReplyDocument.Read(await SendAsync(call, operation, cancellationToken).ConfigureAwait(false), body);
        }

        answered(operation);
        return document;
    }

    // Some services refuse a form with 200 and an error in it: that counts as what it should have been.
    private static bool IsAnsweredBy(FallbackDescription fallback, ReplyDocument document, ErrorDescription errors) =>
        fallback.On.Contains(document.Reply.Status)
        || (fallback.On.Contains(BadRequest) && document.Reply.IsSuccess && errors.InSuccess is { } inSuccess && Conditions.Fit(document, inSuccess));

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
        TemplateValues values = ValuesOf(call, scrubber);
        RequireCarried(call, operation, values);
        draft.AddDescribed(encoding is FieldEncoding.Text or FieldEncoding.None ? [] : operation.Fields ?? [], values);
        draft.ContentType = operation.ContentType;
        draft.Body = operation.Body.Count > 0 ? TextBody.Fill(operation.Body, operation.ContentType, values) : null;
        if (call.SendsExtras)
        {
            draft.AddExtras(service);
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
            TokenHeaders.SetInto(values, token, call.TokenType);
            draft.AddDescribedHeaders(TokenHeaders.For(service.Description, call.TokenType), values, operation.Method ?? "POST");
            endpoint = TokenQuery.AddTo(endpoint, service.Description, call.TokenType, values, scrubber);
        }

        var request = new WireRequest(call.Title, service.DisplayName, operation.Method is null or "POST" ? HttpMethod.Post : new HttpMethod(operation.Method), draft.AddressFor(endpoint, encoding), scrubber)
        {
            Repeatable = call.Repeatable,
        };
        draft.WriteTo(request, encoding);
        SessionCookies.AddTo(request, call.Kept);
        if (call.ProofKey is { } key)
        {
            request.SetHeader("DPoP", key.Prove(request.Method.Method, request.Url, Nonces.For(request.Url), accessToken: null, clock.GetUtcNow()));
        }

        await limiter.EnterAsync(service, call.Title, call.Log, cancellationToken).ConfigureAwait(false);
        WireReply reply = await sender.SendAsync(request, reached.Transport, call.Log, cancellationToken).ConfigureAwait(false);
        limiter.Learn(service, reply);
        return reply;
    }

    /// <summary>A text that is made here and not asked for, such as a token that the client signs itself.</summary>
    /// <exception cref="ConfigurationException">MissingParameter, InvalidKey, InvalidCertificate.</exception>
    public string? Make(OperationCall call, Template template) => template.Fill(ValuesOf(call, new AuthModule.Secrets.SecretScrubber()));

    /// <summary>Whether every place that a step of a sign-in needs has a value.</summary>
    public bool HasNeeds(OperationCall call)
    {
        if (call.Operation.Needs.Count == 0)
        {
            return true;
        }

        TemplateValues values = ValuesOf(call, new AuthModule.Secrets.SecretScrubber());
        return call.Operation.Needs.All(name => values.Find(name) is { Length: > 0 });
    }

    private TemplateValues ValuesOf(OperationCall call, AuthModule.Secrets.SecretScrubber scrubber)
    {
        TemplateValues values = ServiceResolver.ValuesOf(call.Service, scrubber);
        values.Purpose = call.Purpose;
        values.Set("clientId", call.ClientId);
        values.Set("clientSecret", call.Client.Secret);
        if (call.Input is { } input)
        {
            TokenHeaders.SetPerson(values, input);
        }

        call.Fill(values);
        SessionCookies.SetInto(values, call.Kept);
        KeptValues.SetInto(values, call.Kept);
        var computed = new ComputedPlaces(call, values, clock);
        values.Computed = call.Computed is { } shown ? name => shown(name) ?? computed.Find(name) : computed.Find;
        return values;
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
        if (!OperationDescription.IsAddress(endpoint))
        {
            return await endpoints.RequireAsync(service, endpoint, log, cancellationToken, values).ConfigureAwait(false);
        }

        string? address = Template.Parse(endpoint).Fill(values, value => value.Contains("://", StringComparison.Ordinal) ? value : Uri.EscapeDataString(value));
        return Uri.TryCreate(address, UriKind.Absolute, out Uri? url)
            ? url
            : throw AuthError.Create(
                AuthErrorId.InvalidUrl,
                $"The address '{endpoint}' of {service.DisplayName} comes to nothing that is one; nothing was sent.",
                new ErrorDetails { Service = service.DisplayName, Action = "An address begins with {authority}, {origin} or https." });
    }
}
