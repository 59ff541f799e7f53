using System;
using System.CommandLine;
using AuthModule.Cli.Terminal;
using AuthModule.Sessions;

namespace AuthModule.Cli.Arguments;

/// <summary>When a token that is kept is good enough.</summary>
internal sealed class SessionTokenOptions : OptionGroup
{
    private readonly Option<TimeSpan?> minimumLifetime;
    private readonly Option<bool> forceRefresh;

    private readonly Option<bool> offline;

    public SessionTokenOptions()
        : base("A token that is kept")
    {
        minimumLifetime = Add(NewOption.Time("--minimum-lifetime", "Renew it when less than this is left: 90, 10m (else 1 minute)."));
        forceRefresh = Add(NewOption.Flag("--force-refresh", "Renew it however much is left."));
        offline = Add(NewOption.Flag("--offline", "Take what the store has: nothing is sent, and without a good token there it is NoSession."));
    }

    /// <exception cref="UsageException">Two wishes that exclude each other.</exception>
    public bool IsOffline(Invocation call)
    {
        bool isOffline = call.Parsed.GetValue(offline);
        return isOffline && call.Parsed.GetValue(forceRefresh)
            ? throw new UsageException("--offline and --force-refresh exclude each other.")
            : isOffline;
    }

    public TokenRequirement Read(Invocation call) => new(call.Parsed.GetValue(minimumLifetime), call.Parsed.GetValue(forceRefresh));
}
