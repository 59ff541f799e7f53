using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
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

    public static CliContext OfProcess() => new()
    {
        Engine = AuthEngine.Shared,
        Environment = ProcessEnvironment.Instance,
        Input = Console.IsInputRedirected ? new StreamReader(Console.OpenStandardInput(), Encoding.UTF8) : Console.In,
        Output = Console.IsOutputRedirected ? Utf8(Console.OpenStandardOutput()) : Console.Out,
        Error = Console.IsErrorRedirected ? Utf8(Console.OpenStandardError()) : Console.Error,
        IsOutputTerminal = !Console.IsOutputRedirected,
        IsOutputUnicode = Console.IsOutputRedirected || Console.OutputEncoding.CodePage == Encoding.UTF8.CodePage,
    };

    /// <summary>One JSON object; members whose value is null are left out.</summary>
    public void WriteJson(IEnumerable<KeyValuePair<string, object?>> members) =>
        Output.WriteLine(JsonText.WriteObject(members, indented: IsOutputTerminal));

    // Whatever the console's code page: a file or a pipe gets UTF-8 without a mark, as JSON has to be (RFC 8259, section 8.1).
    private static TextWriter Utf8(Stream stream) =>
        TextWriter.Synchronized(new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { AutoFlush = true, NewLine = "\n" });
}
