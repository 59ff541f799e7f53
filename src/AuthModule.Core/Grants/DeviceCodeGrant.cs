using System;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Errors;
using AuthModule.Grants.AuthorizationCode;
using AuthModule.Http;
using AuthModule.Interaction;
using AuthModule.Providers;
using AuthModule.Requests;
using AuthModule.Telemetry;
using AuthModule.Text;
using AuthModule.Tokens;

namespace AuthModule.Grants;

/// <summary>A sign-in with the browser of another device (RFC 8628).</summary>
internal sealed class DeviceCodeGrant : IPersonGrant
{
    private const string Authorization = "device_authorization";

    // Section 3.2: where the service does not say.
    private static readonly TimeSpan DefaultInterval = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan DefaultLifetime = TimeSpan.FromMinutes(10);

    private static readonly OperationDescription StandardAuthorization = StandardFields.ClientRequest(
        Authorization, ("scope", "{scope?}"), ("resource", "{resource*}"));

    public string Name => GrantNames.DeviceCode;

    public string DescribedAs => Name;

    public string? AdvertisedAs => Name;

    public string? ReasonAgainstTrial => $"{Name} needs a person; try it with Get-AuthToken";

    public OperationDescription Standard { get; } = StandardFields.TokenRequest(
        ("grant_type", GrantNames.DeviceCode), ("device_code", "{deviceCode}"));

    public bool IsMeantBy(TokenRequest request) => false;

    public bool CanRepeat(TokenRequest request) => false;

    public async Task<TokenSet> AcquireAsync(GrantContext context, CancellationToken cancellationToken)
    {
        string service = context.Service.DisplayName;
        if (context.Request.IsNonInteractive)
        {
            throw AuthError.Create(
                AuthErrorId.InteractionRequired,
                $"Signing in at {service} with another device needs a person, and -NonInteractive says that there is none.",
                new ErrorDetails { Service = service, Action = "Sign in once without -NonInteractive and keep the session in a store, or use a credential that needs nobody." });
        }

        OperationDescription operation = (context.Service.Description.Operation(Authorization) ?? StandardAuthorization).Over(StandardAuthorization);
        DateTimeOffset startedOn = context.Clock.GetUtcNow();
        (WireReply reply, JsonElement json) = await context.Runner.RunAsync(
            context.Call(Authorization, "device authorization request", operation, _ => { }) with { SendsExtras = true },
            needsJson: true,
            cancellationToken).ConfigureAwait(false);
        DeviceAuthorization device = DeviceAuthorization.Read(reply, json, context.Service);
        Tell(context, device);
        TokenReply answer = await Polling.RunAsync(
            context,
            "the code",
            $"Enter {device.UserCode} at {VisibleText.Of(device.VerificationUri)}. Ctrl+C ends it.",
            device.Interval ?? DefaultInterval,
            device.Lifetime ?? DefaultLifetime,
            AuthErrorId.DeviceCodeExpired,
            () => context.AskForTokenAsync(this, Name, values => values.Set("deviceCode", device.DeviceCode), repeatable: true, cancellationToken, sendsExtras: false, carriedScopes: context.Carried(operation)),
            cancellationToken).ConfigureAwait(false);
        return await answer.AcceptAsync(IdTokenExpectation.OfSignIn(startedOn), cancellationToken).ConfigureAwait(false);
    }

    private static void Tell(GrantContext context, DeviceAuthorization device)
    {
        Uri toScan = device.VerificationUriComplete ?? device.VerificationUri;
        context.Log.Write(LogLevel.Information, $"To sign in at {context.Service.DisplayName}, open this address on any device and enter the code:");
        context.Log.Write(LogLevel.Information, $"  address  {VisibleText.Of(device.VerificationUri)}");
        context.Log.Write(LogLevel.Information, $"  code     {device.UserCode}");
        context.Log.Write(LogLevel.Information, $"The code is good for {DisplayText.Span(Polling.Bounded(device.Lifetime ?? DefaultLifetime))}. With a phone, scan this:");
        foreach (string line in QrCode.ToText(toScan.AbsoluteUri).Split('\n'))
        {
            context.Log.Write(LogLevel.Information, line.TrimEnd('\r'));
        }
    }
}
