using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using AuthModule.Core.Tests.Support;
using AuthModule.Http;
using AuthModule.Requests;
using AuthModule.ServiceChecks;

namespace AuthModule.Core.Tests.ServiceChecks;

/// <summary>The whole diagnosis of a service.</summary>
internal sealed class Report(IReadOnlyList<ServiceCheck> checks)
{
    public IReadOnlyList<ServiceCheck> Checks { get; } = checks;

    public ServiceCheck this[string name] => Checks.Single(check => check.Name == name);

    /// <summary>Names of the steps that failed.</summary>
    public IEnumerable<string> Faults => Checks.Where(check => check.Passed == false).Select(check => check.Name);

    public string Text => string.Join("\n", Checks.Select(check => $"{check} -> {check.RecommendedAction}"));

    public static Task<Report> OfAsync(TokenRequest request, EngineHost? host = null) => OfAsync(host ?? new EngineHost(), request);

    public static Task<Report> OfAsync(string authority, TransportSettings? transport = null) =>
        OfAsync(new EngineHost(), new TokenRequest { Provider = "oidc", Authority = authority, Transport = transport ?? TransportSettings.Default });

    /// <summary>The one step that failed, and that everything that needs it was not run.</summary>
    public ServiceCheck OnlyFault(string name)
    {
        Assert.Equal([name], Faults);
        ServiceCheck fault = this[name];
        Assert.False(string.IsNullOrWhiteSpace(fault.RecommendedAction));
        Assert.NotNull(fault.Id);
        HashSet<string> without = [name];
        foreach (IDiagnosisStep step in DiagnosisSteps.All.Where(step => step.Needs.Any(without.Contains)))
        {
            without.Add(step.Name);
            Assert.Null(this[step.Name].Passed);
            Assert.Equal($"not looked at: {name} failed", this[step.Name].Detail);
        }

        return fault;
    }

    private static async Task<Report> OfAsync(EngineHost host, TokenRequest request)
    {
        var diagnosis = new ServiceDiagnosis(host.Engine, request, host.Log);
        var checks = new List<ServiceCheck>();
        while (await diagnosis.NextAsync(TestContext.Current.CancellationToken) is { } check)
        {
            checks.Add(check);
        }

        Assert.Equal(DiagnosisSteps.All.Where(step => step is not IConditionalStep).Select(step => step.Name), checks.Select(check => check.Name));
        Assert.Empty(host.Table.All);
        return new Report(checks);
    }
}
