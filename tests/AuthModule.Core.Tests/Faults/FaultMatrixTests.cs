using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using AuthModule.Core.Tests.Support;

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

    // Other systems take connections in as long as there is memory.
    private static bool CanBeMade(Fault fault) => !fault.FillsBacklog || OperatingSystem.IsLinux();
}
