using System.Collections.Generic;
using System.CommandLine;
using AuthModule.Cli.Terminal;

namespace AuthModule.Cli.Arguments;

/// <summary>Text for people, JSON for programs. Who reads it decides where nobody says: a terminal is read by people.</summary>
internal class FormOptions : OptionGroup
{
    private enum Form
    {
        Json,
        Text,
    }

    private readonly Option<Form?> form;
    private readonly Option<bool> json;

    public FormOptions(string what = "One JSON object, or text for people")
        : base("The output")
    {
        form = Add(NewOption.OptionalChoice(
            "--output",
            $"{what} (text on a terminal, JSON elsewhere).",
            new Dictionary<string, Form> { ["json"] = Form.Json, ["text"] = Form.Text }));
        json = Add(NewOption.Flag("--json", "The same as --output json."));
    }

    public bool IsText(Invocation call) =>
        !call.Parsed.GetValue(json) && (call.Parsed.GetValue(form) is { } chosen ? chosen == Form.Text : call.Context.IsOutputTerminal);
}
