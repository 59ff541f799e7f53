using System.Collections.Generic;
using System.Linq;

namespace AuthModule.Help.Commands;

/// <summary>A parameter as its property and attributes have it.</summary>
internal sealed record Parameter(string Name)
{
    /// <summary>Short, as syntax lines have it: <c>String[]</c>.</summary>
    public required string TypeName { get; init; }

    /// <summary>Full, of one item where it takes several.</summary>
    public required string ItemTypeName { get; init; }

    public required bool IsSwitch { get; init; }

    public required bool IsArray { get; init; }

    /// <summary>What counts where it is not given, as a person writes it; <c>None</c> for nothing.</summary>
    public required string DefaultValue { get; init; }

    public required IReadOnlyList<string> Aliases { get; init; }

    /// <summary>The only values that it takes; empty where it takes any.</summary>
    public required IReadOnlyList<string> Values { get; init; }

    /// <summary>The smallest and the largest number; null where nothing bounds it.</summary>
    public required (string Least, string Most)? Range { get; init; }

    public required bool TakesWildcards { get; init; }

    /// <summary>What it is in each parameter set; the key null stands for all.</summary>
    public required IReadOnlyList<Placement> Placements { get; init; }

    public bool IsFromPipeline => Placements.Any(placement => placement.IsByValue);

    public bool IsFromProperty => Placements.Any(placement => placement.IsByPropertyName);

    /// <summary>Null where it is not in the set.</summary>
    public Placement? In(string? set) => Placements.FirstOrDefault(placement => placement.Set is null || placement.Set == set);
}

/// <summary>A parameter within one parameter set, or within all.</summary>
/// <param name="Set">Null: all.</param>
/// <param name="IsMandatory">It has to be given.</param>
/// <param name="Position">Null: only by its name.</param>
/// <param name="IsByValue">It takes objects of the pipeline.</param>
/// <param name="IsByPropertyName">It takes their property of its name.</param>
internal sealed record Placement(string? Set, bool IsMandatory, int? Position, bool IsByValue, bool IsByPropertyName);
