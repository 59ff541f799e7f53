using System;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Grants.AuthorizationCode;
using AuthModule.Http;
using AuthModule.Operations;
using AuthModule.Providers;
using AuthModule.Requests;
using AuthModule.Tokens;

namespace AuthModule.Grants;

/// <summary>The service asks the named person on their own device (OpenID Connect CIBA Core 1.0, poll mode).</summary>
internal sealed class BackchannelGrant : IPersonGrant
{
    private const string Authentication = "backchannel_authentication";

    private static readonly TimeSpan DefaultInterval = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan DefaultLifetime = TimeSpan.FromMinutes(2);

    private static readonly OperationDescription StandardAuthentication = StandardFields.ClientRequest(
        Authentication, ("scope", "{scope}"), ("login_hint", "{loginHint}"), ("binding_message", "{bindingMessage?}"), ("resource", "{resource*}"));

    public string Name => GrantNames.Backchannel;

    public string DescribedAs => Name;

    public string? AdvertisedAs => Name;

    public string? ReasonAgainstTrial => $"{Name} needs a person; try it with Get-AuthToken";

    public OperationDescription Standard { get; } = StandardFields.TokenRequest(
        ("grant_type", GrantNames.Backchannel), ("auth_req_id", "{authRequestId}"));

    public bool IsMeantBy(TokenRequest request) => request.Input.LoginHint is not null && request.Client.IsPresent;

    public bool CanRepeat(TokenRequest request) => false;

    public async Task<TokenSet> AcquireAsync(GrantContext context, CancellationToken cancellationToken)
    {
        TokenRequest request = context.Request;

        // Section 7.1: the scope is required, and openid in it.
        GrantContext asking = request.Scopes.Contains("openid") ? context : context with { Request = request with { Scopes = ["openid", .. request.Scopes] } };
        OperationDescription operation = (context.Service.Description.Operation(Authentication) ?? StandardAuthentication).Over(StandardAuthentication);
        DateTimeOffset startedOn = context.Clock.GetUtcNow();
        OperationCall call = asking.Call(Authentication, "backchannel authentication request", operation, values => values.Set("bindingMessage", request.Input.BindingMessage));
        (WireReply reply, JsonElement json) = await context.Runner.RunAsync(
            call with { SendsExtras = true }, needsJson: true, cancellationToken).ConfigureAwait(false);
        BackchannelAuthentication asked = BackchannelAuthentication.Read(reply, json);
        TokenReply answer = await Polling.RunAsync(
            asking,
            "the request",
            $"Waiting for {request.Input.LoginHint} to confirm on their device. Ctrl+C ends it.",
            asked.Interval ?? DefaultInterval,
            asked.Lifetime ?? DefaultLifetime,
            AuthErrorId.AuthorizationExpired,
            () => asking.AskForTokenAsync(this, Name, values => values.Set("authRequestId", asked.RequestId), repeatable: true, cancellationToken, sendsExtras: false, carriedScopes: asking.Carried(operation)),
            cancellationToken).ConfigureAwait(false);
        return await answer.AcceptAsync(IdTokenExpectation.OfSignIn(startedOn), cancellationToken).ConfigureAwait(false);
    }
}
