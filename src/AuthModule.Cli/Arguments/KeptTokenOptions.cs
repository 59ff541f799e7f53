using System;
using System.CommandLine;
using AuthModule.Cli.Terminal;
using AuthModule.Sessions;

namespace AuthModule.Cli.Arguments;

/// <summary>When a token that is kept is good enough.</summary>
internal sealed class KeptTokenOptions : OptionGroup
{
    private readonly Option<TimeSpan?> minimumLifetime;
    private readonly Option<bool> forceRefresh;

    public KeptTokenOptions()
        : base("A token that is kept")
    {
        minimumLifetime = Add(NewOption.Time("--minimum-lifetime", "Renew it when less than this is left: 90, 10m (else 1 minute)."));
        forceRefresh = Add(NewOption.Flag("--force-refresh", "Renew it however much is left."));
    }

    public RenewalNeed Read(Invocation call) => new(call.Parsed.GetValue(minimumLifetime), call.Parsed.GetValue(forceRefresh));
}
