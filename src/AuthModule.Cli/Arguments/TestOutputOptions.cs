using System.Collections.Generic;
using System.CommandLine;
using System.Linq;
using AuthModule.Cli.Output;
using AuthModule.Cli.Terminal;

namespace AuthModule.Cli.Arguments;

/// <summary>In which form the result of a test is printed.</summary>
internal sealed class TestOutputOptions : OptionGroup
{
    private enum Form
    {
        Json,
        Text,
    }

    private readonly Option<Form> form;

    public TestOutputOptions()
        : base("The output") =>
        form = Add(NewOption.Choice(
            "--output",
            "One JSON object (as is), or a list of the checks for people.",
            Form.Json,
            new Dictionary<string, Form> { ["json"] = Form.Json, ["text"] = Form.Text }));

    public void Write(Invocation call, TokenTestResult result)
    {
        if (call.Parsed.GetValue(form) == Form.Json)
        {
            call.Context.WriteJson(TestResultJson.Of(result));
            return;
        }

        call.Context.Output.WriteLine(result.ToString());
        int width = result.Checks.Max(static check => check.Name.Length);
        foreach (TokenCheck check in result.Checks)
        {
            call.Context.Output.WriteLine($"   {check.Name.PadRight(width)}  {(check.Passed ? "ok" : check.WasRun ? "FAIL" : "-"),-4}  {(check.WasRun ? check.Reason : CommandLineWording.Of(check.Reason))}");
        }
    }
}
