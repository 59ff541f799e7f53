using System;
using System.Management.Automation;
using AuthModule.Arguments;
using AuthModule.Completion;
using AuthModule.Issuing;
using AuthModule.Pipeline;

namespace AuthModule.Commands;

/// <summary>Makes a local token issuer on a store.</summary>
[Cmdlet(VerbsCommon.New, "AuthIssuer")]
[OutputType(typeof(AuthIssuer))]
public sealed class NewAuthIssuerCommand : AsyncCommand
{
    /// <summary>
    /// Where the records of tokens are kept: <c>memory</c>, <c>file</c>, <c>file:PATH</c>, <c>redis://HOST:PORT/DB</c>, an
    /// object of your own that implements ITokenStore, or a hashtable of script blocks: Get, Set and Remove, and where your
    /// store can do it in one step, Take.
    /// </summary>
    [Parameter(Position = 0)]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(StoreCompleter))]
    public object? Store { get; set; }

    /// <summary>How long an access token lasts; AUTH_TOKEN_TTL (seconds), else an hour.</summary>
    [Parameter]
    [DurationArgument]
    public TimeSpan? TokenLifetime { get; set; }

    /// <summary>How long a refresh token lasts; AUTH_REFRESH_TTL (seconds), else a day.</summary>
    [Parameter]
    [DurationArgument]
    public TimeSpan? RefreshLifetime { get; set; }

    /// <summary>Opaque tokens, or signed ones (RFC 9068).</summary>
    [Parameter]
    public TokenFormat TokenFormat { get; set; } = TokenFormat.Opaque;

    /// <summary>Keeps who has which tokens and how often they are used.</summary>
    [Parameter]
    public SwitchParameter TrackUsage { get; set; }

    /// <summary>How often a token may be tested in a window.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int? TokenRateLimit { get; set; }

    /// <summary>How often a client may ask in a window.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int? ClientRateLimit { get; set; }

    /// <summary>The length of a window; a minute.</summary>
    [Parameter]
    [DurationArgument]
    public TimeSpan? RateWindow { get; set; }

    // An address may hold a password.
    private protected override object? Target => PipelineValue.Unwrap(Store) is string place && place.IndexOf('@') < 0 ? place : "-Store";

    private protected override void Run() => WriteObject(Engine.NewIssuer(new IssuerOptions
    {
        Store = StoreArgument.Read(Store),
        StoreName = StorePlace.Resolve(this, PipelineValue.Unwrap(Store) as string),
        TokenLifetime = TokenLifetime,
        RefreshLifetime = RefreshLifetime,
        TokenFormat = TokenFormat,
        TracksUsage = TrackUsage,
        TokenRateLimit = TokenRateLimit,
        ClientRateLimit = ClientRateLimit,
        RateWindow = RateWindow,
    }));
}
