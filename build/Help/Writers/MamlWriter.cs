using System.Collections.Generic;
using System.Linq;
using System.Xml.Linq;
using AuthModule.Help.Commands;
using AuthModule.Help.Pages;

namespace AuthModule.Help.Writers;

/// <summary>Writes the XML that Get-Help reads (MAML).</summary>
internal static class MamlWriter
{
    internal static readonly XNamespace Maml = "http://schemas.microsoft.com/maml/2004/10";
    internal static readonly XNamespace Cmd = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    internal static readonly XNamespace Dev = "http://schemas.microsoft.com/maml/dev/2004/10";
    private static readonly XNamespace Help = "http://msh";

    public static string Document(IEnumerable<XElement> commands) =>
        new XDeclaration("1.0", "utf-8", null) + "\n" + new XElement(Help + "helpItems", new XAttribute("schema", "maml"), commands).ToString().ReplaceLineEndings("\n") + "\n";

    public static XElement Write(Command command, CommandPage page) => new(
        Cmd + "command",
        new XAttribute(XNamespace.Xmlns + "maml", Maml.NamespaceName),
        new XAttribute(XNamespace.Xmlns + "command", Cmd.NamespaceName),
        new XAttribute(XNamespace.Xmlns + "dev", Dev.NamespaceName),
        new XElement(
            Cmd + "details",
            new XElement(Cmd + "name", command.Name),
            new XElement(Cmd + "verb", command.Verb),
            new XElement(Cmd + "noun", command.Noun),
            Description(page.Synopsis)),
        Description(page.Description),
        new XElement(Cmd + "syntax", command.Sets.Select(set => SyntaxItem(command, set))),
        new XElement(Cmd + "parameters", ParameterWriter.All(command, page)),
        new XElement(Cmd + "inputTypes", page.Inputs.Select(type => Type("inputType", type))),
        new XElement(Cmd + "returnValues", page.Outputs.Select(type => Type("returnValue", type))),
        new XElement(Maml + "alertSet", new XElement(Maml + "alert", Paragraphs(page.Notes))),
        new XElement(Cmd + "examples", page.Examples.Select(Example)),
        new XElement(Cmd + "relatedLinks", page.Links.Select(link => new XElement(Maml + "navigationLink", new XElement(Maml + "linkText", link.Text), new XElement(Maml + "uri", link.Address)))));

    internal static XElement Description(IEnumerable<string> paragraphs) => new(Maml + "description", Paragraphs(paragraphs));

    private static IEnumerable<XElement> Paragraphs(IEnumerable<string> paragraphs) => paragraphs.Select(paragraph => new XElement(Maml + "para", paragraph));

    private static XElement SyntaxItem(Command command, string? set) => new(
        Cmd + "syntaxItem",
        new XElement(Maml + "name", command.Name),
        command.Parameters.Select(parameter => (Parameter: parameter, Place: parameter.In(set)))
            .Where(item => item.Place is not null)
            .OrderBy(item => item.Place!.Position ?? int.MaxValue).ThenBy(item => !item.Place!.IsMandatory)
            .Select(item => ParameterWriter.InSyntax(item.Parameter, item.Place!)),
        command.SupportsShouldProcess ? ParameterWriter.ShouldProcess : []);

    private static XElement Type(string element, PageType type) => new(
        Cmd + element,
        new XElement(Dev + "type", new XElement(Maml + "name", type.Name), new XElement(Maml + "uri")),
        Description(type.Paragraphs));

    // The last, empty paragraph keeps the next example apart.
    private static XElement Example(PageExample example) => new(
        Cmd + "example",
        new XElement(Maml + "title", $"-------- {example.Title} --------"),
        new XElement(Dev + "code", example.Code),
        new XElement(Dev + "remarks", Paragraphs([.. example.Remarks, string.Empty])));
}
