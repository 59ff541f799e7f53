using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using AuthModule.Help.Commands;
using AuthModule.TestKit.Files;

namespace AuthModule.Help.Tests;

/// <summary>
/// The parameters and output types of the cmdlets stand in cmdlets.txt, so that a change of them is seen in review. Written anew
/// by a run with AUTHMODULE_WRITE_SURFACE=1.
/// </summary>
public sealed class CmdletSurfaceTests
{
    private const string SurfaceFile = "tests/AuthModule.Help.Tests/cmdlets.txt";

    private static readonly string Cmdlets = RepositoryFiles.PathOf(
        $"src/AuthModule.Cmdlets/bin/{new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name}/net8.0/AuthModule.Cmdlets.dll");

    [Fact]
    [Trait("Feature", "A3")]
    public void Parameters_and_outputs_of_the_cmdlets_are_those_of_the_file()
    {
        string surface = Describe(CommandReader.Read(Cmdlets));
        if (Environment.GetEnvironmentVariable("AUTHMODULE_WRITE_SURFACE") == "1")
        {
            File.WriteAllText(RepositoryFiles.PathOf(SurfaceFile), surface);
        }

        Assert.Equal(RepositoryFiles.Read(SurfaceFile).ReplaceLineEndings("\n").Split('\n'), surface.Split('\n'));
    }

    [Fact]
    [Trait("Feature", "A3")]
    public void The_file_tells_sets_aliases_values_and_what_the_pipeline_brings()
    {
        var parameter = new Parameter("Scope")
        {
            TypeName = "String[]",
            ItemTypeName = "System.String",
            IsSwitch = false,
            IsArray = true,
            DefaultValue = "None",
            Aliases = ["s"],
            Values = ["a", "b"],
            Range = ("1", "9"),
            TakesWildcards = true,
            Placements = [new Placement("One", IsMandatory: true, Position: 0, IsByValue: true, IsByPropertyName: true)],
        };
        var command = new Command("Get", "Thing") { Sets = ["One"], Parameters = [parameter], Outputs = ["System.String"], SupportsShouldProcess = true };
        Assert.Equal(
            "Get-Thing (ShouldProcess)\n  -> System.String\n  -Scope String[] alias:s values:a,b range:1..9 wildcards [One mandatory position:0 pipeline property]\n",
            Describe([command]));
    }

    private static string Describe(IEnumerable<Command> commands)
    {
        var text = new StringBuilder();
        foreach (Command command in commands)
        {
            text.Append(command.Name).Append(command.SupportsShouldProcess ? " (ShouldProcess)" : string.Empty).Append('\n');
            foreach (string output in command.Outputs.Order(StringComparer.Ordinal))
            {
                text.Append("  -> ").Append(output).Append('\n');
            }

            foreach (Parameter parameter in command.Parameters.OrderBy(parameter => parameter.Name, StringComparer.Ordinal))
            {
                text.Append("  ").AppendJoin(' ', Describe(parameter)).Append('\n');
            }
        }

        return text.ToString();
    }

    private static IEnumerable<string> Describe(Parameter parameter)
    {
        yield return $"-{parameter.Name} {parameter.TypeName}";
        if (parameter.Aliases.Count > 0)
        {
            yield return "alias:" + string.Join(',', parameter.Aliases);
        }

        if (parameter.Values.Count > 0)
        {
            yield return "values:" + string.Join(',', parameter.Values);
        }

        if (parameter.Range is { } range)
        {
            yield return $"range:{range.Least}..{range.Most}";
        }

        if (parameter.TakesWildcards)
        {
            yield return "wildcards";
        }

        foreach (Placement placement in parameter.Placements.OrderBy(placement => placement.Set, StringComparer.Ordinal))
        {
            yield return "[" + (placement.Set ?? "all")
                + (placement.IsMandatory ? " mandatory" : string.Empty)
                + (placement.Position is { } position ? $" position:{position}" : string.Empty)
                + (placement.IsByValue ? " pipeline" : string.Empty)
                + (placement.IsByPropertyName ? " property" : string.Empty) + "]";
        }
    }
}
