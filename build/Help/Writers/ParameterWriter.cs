using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Xml.Linq;
using AuthModule.Help.Commands;
using AuthModule.Help.Pages;

namespace AuthModule.Help.Writers;

/// <summary>Writes parameters: their text from the page, everything else from the cmdlet.</summary>
internal static class ParameterWriter
{
    /// <summary>What PowerShell adds to cmdlets that change something.</summary>
    public static IEnumerable<XElement> ShouldProcess =>
    [
        Common("Confirm", "cf", "Asks before anything is changed."),
        Common("WhatIf", "wi", "Says what would be changed, and changes nothing."),
    ];

    public static IEnumerable<XElement> All(Command command, CommandPage page) =>
        command.Parameters.OrderBy(parameter => parameter.Name, StringComparer.Ordinal)
            .Select(parameter => Element(parameter, Place(parameter), [.. page.Parameters.GetValueOrDefault(parameter.Name) ?? [], .. Facts(command, parameter)], withValues: false))
            .Concat(command.SupportsShouldProcess ? ShouldProcess : []);

    public static XElement InSyntax(Parameter parameter, Placement place) => Element(parameter, place, [], withValues: true);

    // Mandatory here means: in every set that has it.
    private static Placement Place(Parameter parameter) => new(
        null,
        parameter.Placements.All(placement => placement.IsMandatory),
        parameter.Placements.Select(placement => placement.Position).FirstOrDefault(position => position is not null),
        parameter.IsFromPipeline,
        parameter.IsFromProperty);

    private static IEnumerable<string> Facts(Command command, Parameter parameter)
    {
        if (parameter.Values.Count > 0)
        {
            yield return $"One of: {string.Join(", ", parameter.Values)}.";
        }

        if (parameter.Range is { } range)
        {
            yield return $"From {range.Least} to {range.Most}.";
        }

        string[] sets = [.. parameter.Placements.Select(placement => placement.Set).OfType<string>()];
        if (sets.Length > 0 && sets.Length < command.Sets.Count)
        {
            yield return $"Parameter {(sets.Length == 1 ? "set" : "sets")}: {string.Join(", ", sets)}.";
        }
    }

    private static XElement Element(Parameter parameter, Placement place, IEnumerable<string> text, bool withValues) => new(
        MamlWriter.Cmd + "parameter",
        new XAttribute("required", Flag(place.IsMandatory)),
        new XAttribute("variableLength", Flag(parameter.IsArray)),
        new XAttribute("globbing", Flag(parameter.TakesWildcards)),
        new XAttribute("pipelineInput", Pipeline(place)),
        new XAttribute("position", place.Position?.ToString(CultureInfo.InvariantCulture) ?? "named"),
        new XAttribute("aliases", parameter.Aliases.Count == 0 ? "none" : string.Join(", ", parameter.Aliases)),
        new XElement(MamlWriter.Maml + "name", parameter.Name),
        MamlWriter.Description(text),
        withValues && parameter.Values.Count > 0 ? new XElement(MamlWriter.Cmd + "parameterValueGroup", parameter.Values.Select(Value)) : null,
        parameter.IsSwitch ? null : Value(parameter.TypeName),
        new XElement(MamlWriter.Dev + "type", new XElement(MamlWriter.Maml + "name", parameter.TypeName), new XElement(MamlWriter.Maml + "uri")),
        new XElement(MamlWriter.Dev + "defaultValue", parameter.DefaultValue));

    private static XElement Value(string text) => new(MamlWriter.Cmd + "parameterValue", new XAttribute("required", "true"), new XAttribute("variableLength", "false"), text);

    private static string Pipeline(Placement place) => (place.IsByValue, place.IsByPropertyName) switch
    {
        (true, true) => "True (ByValue, ByPropertyName)",
        (true, false) => "True (ByValue)",
        (false, true) => "True (ByPropertyName)",
        _ => "False",
    };

    private static XElement Common(string name, string alias, string text) => Element(
        new Parameter(name)
        {
            TypeName = "SwitchParameter",
            ItemTypeName = "System.Management.Automation.SwitchParameter",
            IsSwitch = true,
            IsArray = false,
            DefaultValue = "False",
            Aliases = [alias],
            Values = [],
            Range = null,
            TakesWildcards = false,
            Placements = [],
        },
        new Placement(null, IsMandatory: false, Position: null, IsByValue: false, IsByPropertyName: false),
        [text],
        withValues: false);

    private static string Flag(bool flag) => flag ? "true" : "false";
}
