using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using AuthModule.Http;
using AuthModule.Interaction;
using AuthModule.Platform;
using AuthModule.Text;

namespace AuthModule.Cli.Terminal;

/// <summary>All that a command reads from and writes to, so that tests can run one inside their own process.</summary>
internal sealed record CliContext
{
    public required AuthEngine Engine { get; init; }

    public required IEnvironment Environment { get; init; }

    public required TextReader Input { get; init; }

    /// <summary>Results only: what a script reads.</summary>
    public required TextWriter Output { get; init; }

    /// <summary>Everything else.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>A person reads the output: JSON is indented, colours are allowed.</summary>
    public bool IsOutputTerminal { get; init; }

    /// <summary>The output can show more than ASCII.</summary>
    public bool IsOutputUnicode { get; init; } = true;

    /// <summary>How many letters a line of the output should have at most.</summary>
    public int Width { get; init; } = 80;

    /// <summary>Throws where the outside cannot take a result; called before a command begins.</summary>
    public Action RequireOutput { get; init; } = static () => { };

    /// <summary>Only where a person sees them and did not say that they shall not (no-color.org).</summary>
    public bool HasColours => IsOutputTerminal
        && Environment.Get("NO_COLOR") is null
        && Environment.Get("TERM") != "dumb"
        && (!OperatingSystem.IsWindows() || Environment.Get("WT_SESSION") is not null || Environment.Get("TERM") is not null);

    public static CliContext OfProcess()
    {
        TextWriter error = ProcessOutput.OpenError();
        return new()
        {
            Engine = new AuthEngine(TimeProvider.System, new HttpSender(TimeProvider.System), ProcessEnvironment.Instance, new HelpfulBrowser(new SystemBrowser(ProcessEnvironment.Instance), error)),
            Environment = ProcessEnvironment.Instance,
            Input = Console.IsInputRedirected ? new StreamReader(Console.OpenStandardInput(), Encoding.UTF8) : Console.In,
            Output = ProcessOutput.OpenOutput(),
            Error = error,
            IsOutputTerminal = !Console.IsOutputRedirected,
            IsOutputUnicode = Console.IsOutputRedirected || Console.OutputEncoding.CodePage == Encoding.UTF8.CodePage,
            Width = WidthOfConsole(),
            RequireOutput = ProcessOutput.Require,
        };
    }

    /// <summary>One JSON object; members whose value is null are left out.</summary>
    public void WriteJson(IEnumerable<KeyValuePair<string, object?>> members) =>
        Output.WriteLine(JsonText.WriteObject(members, indented: IsOutputTerminal));

    private static int WidthOfConsole()
    {
        try
        {
            return Console.IsOutputRedirected || Console.WindowWidth < 40 ? 80 : Console.WindowWidth;
        }
        catch (IOException)
        {
            return 80; // A terminal that does not tell.
        }
    }
}
