using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Threading.Tasks;
using AuthModule.Accounts.ApiKeys;
using AuthModule.Accounts.SecondFactors;
using AuthModule.Core.Tests.Support;
using AuthModule.Grants;
using AuthModule.Requests;
using AuthModule.Rest;
using AuthModule.TestKit.Files;
using AuthModule.TokenTesting;

namespace AuthModule.Core.Tests.Faults;

[Trait("Feature", "N9")]
public sealed class FaultMatrixTests
{
    [Fact]
    [Trait("Feature", "P7")]
    [Trait("Feature", "P12")]
    public async Task Every_fault_at_every_operation_is_a_typed_error_or_a_right_result_and_leaves_nothing_behind()
    {
        (Fault, FaultOperation)[] cells = [.. FaultMatrix.Faults.SelectMany(static fault => FaultOperation.All.Select(operation => (fault, operation))).Where(static cell => CanBeMade(cell.fault))];

        IReadOnlyList<string> failures = await FaultMatrix.RunAsync(cells, TestContext.Current.CancellationToken);

        Figures.Add("fault matrix", $"{cells.Length} cells ({FaultMatrix.Faults.Count} faults x {FaultOperation.All.Count} operations), {failures.Count} failures");
        Assert.True(failures.Count == 0, string.Join(Environment.NewLine, failures));
        Assert.Empty(FaultMatrix.Elsewhere.Requests);
    }

    [Fact]
    public void The_table_of_expectations_names_every_fault_and_no_other()
    {
        Assert.Equal(FaultMatrix.Faults.Select(static fault => fault.Name).Order(), FaultExpectations.FaultNames.Order());
        Assert.Empty(FaultExpectations.OperationNames.Except(FaultOperation.All.Select(static operation => operation.Name)));
    }

    [Fact]
    public async Task Every_operation_of_the_engine_is_in_the_matrix_and_right_without_a_fault()
    {
        var grants = new HashSet<string>();
        foreach (FaultOperation operation in FaultOperation.All)
        {
            await using var bench = new FaultBench(usesTls: false);
            await operation.Prepare(bench);
            Assert.Null(await operation.Act(bench));
            grants.UnionWith(bench.Host.Table.All.Select(static session => session.Grant));
        }

        string lines = RepositoryFiles.Read("tests/AuthModule.Core.Tests/Faults/FaultOperation.cs");
        IEnumerable<string> missing =
        [
            .. GrantRegistry.All.Select(static grant => grant.Name).Except(grants).Except(GrantsOfOtherRequests),
            .. Engines.SelectMany(static type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
                .Select(static method => method.Name)
                .Where(static name => name.EndsWith("Async", StringComparison.Ordinal))
                .Except(MethodsOfOtherRequests)
                .Where(name => !lines.Contains($".{name}(", StringComparison.Ordinal)),
        ];
        Assert.Empty(missing);
    }

    private static readonly Type[] Engines = [typeof(AuthEngine), typeof(ApiKeyService), typeof(MfaService), typeof(RestCaller), typeof(TokenTester)];

    // They send nothing, or what another line sends: a browser's sign-in is "push" and "code".
    private static readonly string[] GrantsOfOtherRequests = [GrantNames.Interactive, GrantNames.ApiKey, new IssuerGrant().Name];

    // Likewise: they look at what is kept, or are "discover", "revoke", "keys", "rest", "push" and "code" by another name.
    private static readonly string[] MethodsOfOtherRequests =
    [
        nameof(AuthEngine.OpenAsync), nameof(AuthEngine.GetTokenAsync), nameof(AuthEngine.FindTokenAsync), nameof(AuthEngine.ForgetAsync), nameof(AuthEngine.WhenRenewedAsync),
        nameof(AuthEngine.AdvertisedScopesAsync), nameof(AuthEngine.LogoutAsync), nameof(AuthEngine.ListSessionsAsync), nameof(AuthEngine.ProveProviderAsync), nameof(TokenTester.TestHeaderAsync),
        nameof(AuthEngine.ChooseAsync), nameof(AuthEngine.GetUserAsync), nameof(AuthEngine.StepUpAsync),
    ];

    // Other systems take connections in as long as there is memory.
    private static bool CanBeMade(Fault fault) => !fault.FillsBacklog || OperatingSystem.IsLinux();
}
