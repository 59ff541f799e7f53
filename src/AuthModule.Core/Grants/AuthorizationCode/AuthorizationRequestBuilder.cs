using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Discovery;
using AuthModule.Errors;
using AuthModule.Http;
using AuthModule.Jose.Dpop;
using AuthModule.Json;
using AuthModule.Operations;
using AuthModule.Providers;
using AuthModule.Requests;
using AuthModule.Resolution;
using AuthModule.Secrets;
using AuthModule.Telemetry;
using AuthModule.Text;

namespace AuthModule.Grants.AuthorizationCode;

/// <summary>
/// Writes authorization requests: the fields of the description's operation <c>authorization</c> in their order, else the
/// standard's; in the address, or pushed to the service first (RFC 9126).
/// </summary>
internal sealed class AuthorizationRequestBuilder(OperationRunner runner, EndpointResolver endpoints, TimeProvider clock)
{
    private const string Authorization = "authorization";
    private const string Pushed = "pushed_authorization_request";

    private static readonly OperationDescription Standard = new()
    {
        Endpoint = Authorization,
        Fields = StandardFields.ClientRequest(
            Authorization,
            ("response_type", "code"), ("client_id", "{clientId}"), ("redirect_uri", "{redirectUri}"), ("scope", "{scope?}"),
            ("state", "{state}"), ("code_challenge", "{codeChallenge}"), ("code_challenge_method", Pkce.Method), ("nonce", "{nonce?}"),
            ("login_hint", "{loginHint?}"), ("prompt", "{prompt?}"), ("resource", "{resource*}"), ("dpop_jkt", "{proofThumbprint?}")).Fields,
    };

    /// <summary>How this service wants to be asked.</summary>
    public static OperationDescription OperationOf(Service service) => (service.Description.Operation(Authorization) ?? Standard).Over(Standard);

    /// <param name="request">What is asked for, with everything filled in.</param>
    /// <param name="service">Where.</param>
    /// <param name="redirectUri">Where the browser is sent afterwards, letter by letter as it is registered.</param>
    /// <param name="proofKey">The key that the tokens will be bound to; null for bearer tokens.</param>
    /// <param name="log">The caller's.</param>
    /// <param name="cancellationToken">The caller's.</param>
    public async Task<AuthorizationRequest> BuildAsync(
        TokenRequest request, Service service, string redirectUri, DpopKey? proofKey, ICallLog log, CancellationToken cancellationToken)
    {
        if (!Uri.TryCreate(redirectUri, UriKind.Absolute, out Uri? redirect) || redirect.Fragment.Length > 0)
        {
            throw AuthError.Create(AuthErrorId.InvalidUrl, $"-RedirectUri '{redirectUri}' is not an address without a fragment.", "Give the redirect URI exactly as it is registered for the client.");
        }

        service = SignInWishes.AddTo(service, request.Input);
        Secret verifier = Pkce.NewVerifier();
        string state = RandomText.Base64Url(32);
        string nonce = RandomText.Base64Url(32);
        OperationDescription operation = OperationOf(service);
        void Fill(TemplateValues values)
        {
            values.Set("clientId", request.ClientId);
            RequestValues.Set(values, request, service);
            values.Set("redirectUri", redirectUri);
            values.Set("state", state);
            // Without an ID token nothing brings it back, and some servers refuse it then.
            values.Set("nonce", request.Scopes.Contains("openid") ? nonce : null);
            values.Set("codeChallenge", Pkce.Challenge(verifier));
            values.Set("proofThumbprint", proofKey?.Thumbprint);
        }

        TemplateValues places = ServiceResolver.ValuesOf(service, new SecretScrubber());
        Fill(places);
        var draft = new RequestDraft();
        draft.AddDescribed(operation.Fields!, places);
        bool sendsNonce = draft.HasField("nonce");
        draft.AddExtras(service);
        ServerMetadata? published = await endpoints.MetadataAsync(service, log, cancellationToken).ConfigureAwait(false);
        RequireProfile(request, service, published, draft);
        bool isSigned = RequestObject.IsWanted(service, published);
        draft = isSigned ? RequestObject.Wrap(draft, request, service, published, clock) : draft;
        DateTimeOffset now = clock.GetUtcNow();
        DateTimeOffset? openBefore = null;
        Uri address = await runner.AddressAsync(service, operation, places, log, cancellationToken).ConfigureAwait(false);
        Pushing pushing = HowPushed(service, published);
        if (pushing != Pushing.No
            && await TryPushAsync(request, service, operation, isSigned ? draft : null, Fill, pushing, log, cancellationToken).ConfigureAwait(false) is { } pushed)
        {
            openBefore = now + pushed.Lifetime;
            draft = new RequestDraft();
            draft.Add("client_id", request.ClientId!);
            draft.Add("request_uri", pushed.RequestUri);
        }
        else
        {
            RefuseSecrets(service, operation);
            openBefore = isSigned ? now + RequestObject.Lifetime : null;
        }

        return new AuthorizationRequest(request, service, verifier)
        {
            Url = new CopyableUri(draft.AddressFor(address, FieldEncoding.Query).AbsoluteUri),
            State = state,
            Nonce = sendsNonce ? nonce : null,
            RedirectUri = redirect,
            CreatedOn = now,
            OpenBefore = openBefore,
            ProofKey = proofKey,
            ResponseMode = ResponseModes.Of(service),
        };
    }

    // FAPI 2.0 Security Profile, section 5.3.3.2: PKCE and pushed requests, whatever the description has.
    private static void RequireProfile(TokenRequest request, Service service, ServerMetadata? published, RequestDraft draft)
    {
        Fapi2.RequireBinding(request, service, published);
        if (SecurityProfiles.IsFapi2(request.SecurityProfile) && (!draft.HasField("code_challenge") || published?.Endpoints.ContainsKey(Pushed) != true))
        {
            throw Fapi2.Refused(service, AuthErrorId.InvalidRequest, "needs PKCE and pushed authorization requests, and the service does not have both", "Use a service with this profile, or leave out -SecurityProfile.");
        }
    }

    // A browser keeps addresses, shows them, and hands them to extensions.
    private static void RefuseSecrets(Service service, OperationDescription operation)
    {
        string? secret = service.SecretFields.Select(static field => field.Key).FirstOrDefault()
            ?? service.SecretParameters.Keys.FirstOrDefault(operation.HasPlace);
        if (secret is not null)
        {
            throw AuthError.Create(
                AuthErrorId.InvalidRequest,
                $"-Parameter @{{ {secret} = {Secret.Mask} }} is a secret, and this sign-in would carry it in an address that a browser opens; nothing was sent.",
                new ErrorDetails
                {
                    Service = service.DisplayName,
                    Action = $"Leave it out, or let the request be pushed where the service has that: -Parameter @{{ {CommonParameters.PushedAuthorization} = $true }}.",
                });
        }
    }

    private static Pushing HowPushed(Service service, ServerMetadata? published) => service.PushesAuthorization switch
    {
        _ when SecurityProfiles.IsFapi2(service.SecurityProfile) => Pushing.Always,
        { } told => told ? Pushing.Always : Pushing.No,
        _ when service.Description.Operation(Pushed) is not null || published?.Flag("require_pushed_authorization_requests") == true => Pushing.Always,
        _ => published?.Endpoints.ContainsKey(Pushed) == true ? Pushing.WherePossible : Pushing.No,
    };

    // Of a code flow in two halves the first one may come without the client's credential. Nobody asked for pushing there.
    private async Task<(string RequestUri, TimeSpan Lifetime)?> TryPushAsync(
        TokenRequest request, Service service, OperationDescription authorization, RequestDraft? signed, Action<TemplateValues> fill, Pushing pushing, ICallLog log, CancellationToken cancellationToken)
    {
        try
        {
            return await PushAsync(request, service, authorization, signed, fill, log, cancellationToken).ConfigureAwait(false);
        }
        catch (AuthException unproved) when (pushing == Pushing.WherePossible && unproved.Code == AuthErrorId.InvalidClient && !request.Client.IsPresent)
        {
            log.Verbose($"{service.DisplayName} takes no pushed request of a client without its credential; the request goes into the address.");
            return null;
        }
    }

    private async Task<(string RequestUri, TimeSpan Lifetime)> PushAsync(
        TokenRequest request, Service service, OperationDescription authorization, RequestDraft? signed, Action<TemplateValues> fill, ICallLog log, CancellationToken cancellationToken)
    {
        OperationDescription standard = new() { Endpoint = Pushed, Method = "POST", Encoding = FieldEncoding.Form, Fields = authorization.Fields, Credential = OperationCredential.Client };
        OperationDescription pushed = service.Description.Operation(Pushed)?.Over(standard) ?? standard;
        if (signed is not null)
        {
            // The fields are in the object; beside it they count for nothing (RFC 9126, section 3).
            pushed = pushed with { Fields = [.. signed.Fields.Select(static field => new FieldDescription(field.Key, null, field.Value))] };
        }

        var call = new OperationCall
        {
            Name = Pushed,
            Title = "pushed authorization request",
            Service = service,
            Operation = pushed,
            ClientId = request.ClientId,
            Client = request.Client,
            SendsExtras = signed is null,
            Log = log,
            Fill = fill,
        };
        (AuthModule.Http.WireReply reply, JsonElement json) = await runner.RunAsync(call, needsJson: true, cancellationToken).ConfigureAwait(false);
        string requestUri = JsonPath.Text(json, ["request_uri"]) is { Length: > 0 } found ? found : throw JsonReply.Malformed(reply, "a JSON object without a request_uri");
        return (requestUri, JsonNumber.Seconds(json, "expires_in") ?? TimeSpan.FromMinutes(1));
    }

    private enum Pushing
    {
        No,
        WherePossible,
        Always,
    }
}
