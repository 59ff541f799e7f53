using System.Collections.Generic;
using System.Linq;

namespace AuthModule.Help.Commands;

/// <summary>A cmdlet as its assembly has it.</summary>
internal sealed record Command(string Verb, string Noun)
{
    public string Name => $"{Verb}-{Noun}";

    /// <summary>The names of the parameter sets, the default one first; one null where there is only one.</summary>
    public required IReadOnlyList<string?> Sets { get; init; }

    /// <summary>In the order of their declaration; what PowerShell adds to every cmdlet is left out.</summary>
    public required IReadOnlyList<Parameter> Parameters { get; init; }

    /// <summary>Full names of the types that come out.</summary>
    public required IReadOnlyList<string> Outputs { get; init; }

    public required bool SupportsShouldProcess { get; init; }

    /// <summary>Full names of the types that the pipeline may bring.</summary>
    public IReadOnlyList<string> Inputs => [.. Parameters.Where(parameter => parameter.IsFromPipeline).Select(parameter => parameter.ItemTypeName).Distinct()];
}
