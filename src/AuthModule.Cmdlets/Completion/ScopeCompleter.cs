using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Arguments;
using AuthModule.Http;
using AuthModule.Requests;
using AuthModule.Runspaces;
using AuthModule.Sessions;
using AuthModule.Pipeline;

namespace AuthModule.Completion;

/// <summary>The scopes that the service of the line advertises, and those that this runspace's sessions have or asked for.</summary>
internal sealed class ScopeCompleter : IArgumentCompleter
{
    // Who presses the tab key waits for it.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(2);

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        SessionTable? table = RunspaceSessions.Existing;
        IEnumerable<(string, string)> known = (table?.All ?? []).SelectMany(session => session.Scopes.Select(scope => (scope, $"{scope} at {session.Authority}")));
        return Candidates.Fitting(known.Concat(Advertised(table, fakeBoundParameters).Select(scope => (scope, $"{scope}, advertised"))), wordToComplete);
    }

    // Silent whatever happens: a failure here has no place to be told.
    private static IReadOnlyList<string> Advertised(SessionTable? table, IDictionary typed)
    {
        using var limit = new CancellationTokenSource(Longest);
        try
        {
            TokenRequest request = Read(typed);
            Task<IReadOnlyList<string>> asked = Task.Run(() => HostedEngine.Instance.AdvertisedScopesAsync(table?.Current, request, limit.Token));
            return asked.Wait(Longest) ? asked.Result : [];
        }
        catch (Exception failure) when (failure is AuthException or AggregateException or OperationCanceledException)
        {
            return [];
        }
    }

    private static TokenRequest Read(IDictionary typed) => RequestFields.AddTo(Named(typed), PipelineValue.Unwrap(typed["Parameter"]) as Hashtable);

    private static TokenRequest Named(IDictionary typed) => new()
    {
        Authority = Text(typed, "Authority") ?? Text(typed, "AuthUrl") ?? Text(typed, "BaseUrl"),
        Provider = Text(typed, "Provider"),
        Profile = Text(typed, "Profile"),
        Transport = TransportSettings.Default with
        {
            CaCertificate = Text(typed, "CaCertificate"),
            SkipCertificateCheck = typed.Contains("SkipCertificateCheck"),
        },
    };

    private static string? Text(IDictionary typed, string name) => PipelineValue.Unwrap(typed[name]) as string;
}
