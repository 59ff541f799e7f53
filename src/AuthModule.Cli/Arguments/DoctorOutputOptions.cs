using System.Collections.Generic;
using System.Linq;
using AuthModule.Cli.Output;
using AuthModule.Cli.Terminal;

namespace AuthModule.Cli.Arguments;

/// <summary>In which form a diagnosis is printed: one JSON object at the end, or each step as it is done.</summary>
internal sealed class DoctorOutputOptions() : FormOptions("One JSON object at the end, or each step as it is done")
{
    private const int NameWidth = 20;

    public void Write(Invocation call, ServiceCheck check)
    {
        if (IsText(call))
        {
            string result = check.Passed switch { true => "ok", false => "FAIL", _ => "-" };
            string indent = new(' ', NameWidth + 8);
            string[] lines =
            [
                .. Wrapping.Lines(CommandLineWording.Of(check.Detail), call.Context.Width - indent.Length),
                .. check.RecommendedAction is { } action ? Wrapping.Lines("-> " + CommandLineWording.Of(action), call.Context.Width - indent.Length) : [],
            ];
            call.Context.Output.WriteLine($"{check.Name.PadRight(NameWidth)}  {new Paint(call.Context).State(result, $"{result,-4}")}  {string.Join(call.Context.Output.NewLine + indent, lines)}");
        }
    }

    public void WriteEnd(Invocation call, IReadOnlyList<ServiceCheck> checks)
    {
        if (!IsText(call))
        {
            call.Context.WriteJson(new Dictionary<string, object?>
            {
                ["service"] = checks.Select(static check => check.Service).FirstOrDefault(static service => service is not null),
                ["profile"] = checks.Select(static check => check.Profile).FirstOrDefault(static profile => profile is not null),
                ["passed"] = checks.All(static check => check.Passed != false),
                ["failure"] = checks.FirstOrDefault(static check => check.Passed == false)?.Id,
                ["checks"] = checks.Select(Check).ToArray(),
            });
        }
    }

    private static Dictionary<string, object?> Check(ServiceCheck check) => new()
    {
        ["name"] = check.Name,
        ["was_run"] = check.Passed is not null,
        ["passed"] = check.Passed,
        ["id"] = check.Id,
        ["detail"] = CommandLineWording.Of(check.Detail),
        ["recommended_action"] = check.RecommendedAction is { } action ? CommandLineWording.Of(action) : null,
    };
}
