using System.Collections.Generic;
using System.Threading.Tasks;

namespace AuthModule.Benchmarks;

/// <summary>One row of the table, or the few that are measured together.</summary>
internal interface IBenchmark
{
    /// <summary>As it is chosen on the command line.</summary>
    string Name { get; }

    /// <summary>In one line, for the list of benchmarks.</summary>
    string Summary { get; }

    /// <summary>True where it starts <c>pwsh</c> with a built module: not run unless it is asked for.</summary>
    bool NeedsPowerShell { get; }

    /// <exception cref="WrongResultException">What was measured did not do what it should.</exception>
    /// <exception cref="MissingProgramException">Something that it needs is not on this machine.</exception>
    Task<IReadOnlyList<Row>> RunAsync();
}
