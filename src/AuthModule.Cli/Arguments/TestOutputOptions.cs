using System.Linq;
using AuthModule.Cli.Output;
using AuthModule.Cli.Terminal;

namespace AuthModule.Cli.Arguments;

/// <summary>In which form the result of a test is printed.</summary>
internal sealed class TestOutputOptions() : FormOptions("One JSON object, or a list of the checks for people")
{
    public void Write(Invocation call, TokenTestResult result)
    {
        if (!IsText(call))
        {
            call.Context.WriteJson(TestResultJson.Of(result));
            return;
        }

        call.Context.Output.WriteLine(result.ToString());
        var paint = new Paint(call.Context);
        int width = result.Checks.Max(static check => check.Name.Length);
        foreach (TokenCheck check in result.Checks)
        {
            string word = check.Passed ? "ok" : check.WasRun ? "FAIL" : "-";
            string reason = check.WasRun ? check.Reason : CommandLineWording.Of(check.Reason);
            call.Context.Output.WriteLine($"   {check.Name.PadRight(width)}  {paint.State(word, $"{word,-4}")}  {reason}");
        }
    }
}
