using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using AuthModule.Cli.Terminal;
using AuthModule.TestServer.Hosting;

namespace AuthModule.Cli.Demo;

/// <summary>What the demo shows, in columns, at most 100 characters wide; colours only where a terminal shows them.</summary>
internal sealed class DemoPrinter(CliContext context)
{
    private const int Width = 100;
    private const int PathWidth = 34;
    private const int SentColumn = 54;

    private const string Bold = "1";
    private const string Dim = "2";
    private const string Green = "32";
    private const string Red = "31";
    private const string Cyan = "36";

    private readonly bool hasColours = context.HasColours;

    private TextWriter Output => context.Output;

    public void Title(string title, params string[] lines)
    {
        Output.WriteLine(Coloured(title, Bold));
        foreach (string line in lines)
        {
            Output.WriteLine(line);
        }
    }

    public void Step(int number, string title, string command)
    {
        Output.WriteLine();
        Output.WriteLine(Coloured(string.Create(CultureInfo.InvariantCulture, $"{number,2}  {title}"), Bold));
        Output.WriteLine(Coloured($"    PS> {command}", Dim));
    }

    /// <summary>One request as the server noted it: what it was, the answer, and what was sent, masked.</summary>
    public void Request(ServedRequest request)
    {
        string arrow = context.IsOutputUnicode ? "→" : ">";
        string line = string.Create(CultureInfo.InvariantCulture, $"      {arrow} {request.Method,-5} {request.Path.PadRight(PathWidth)} {request.Status}");
        foreach (string sent in Sent(request).DefaultIfEmpty(string.Empty))
        {
            Output.WriteLine((Coloured(line, Cyan) + new string(' ', Math.Max(0, SentColumn - line.Length)) + sent).TrimEnd());
            line = string.Empty;
        }
    }

    public void Check(bool passed, string text)
    {
        string mark = (passed, context.IsOutputUnicode) switch
        {
            (true, true) => "✓",
            (true, false) => "ok",
            (false, true) => "✗",
            (false, false) => "FAIL",
        };
        Output.WriteLine($"      {Coloured(mark, passed ? Green : Red)} {(passed ? text : Coloured(text, Red))}");
    }

    public void Text(string text)
    {
        foreach (string line in Wrap(text.Split(' '), " ", Width - 8))
        {
            Output.WriteLine("        " + Coloured(line, Dim));
        }
    }

    public void Summary(bool passed, string text)
    {
        Output.WriteLine();
        Output.WriteLine(Coloured(text, passed ? Green : Red));
    }

    private static IEnumerable<string> Sent(ServedRequest request)
    {
        if (request.AuthorizationScheme is { } scheme)
        {
            yield return $"Authorization: {scheme} ***";
        }

        foreach (string line in Wrap(request.Query.Concat(request.Fields).Select(static field => $"{field.Name}={field.Value}"), "  ", Width - SentColumn))
        {
            yield return line;
        }
    }

    private static IEnumerable<string> Wrap(IEnumerable<string> parts, string between, int width)
    {
        string line = string.Empty;
        foreach (string part in parts)
        {
            if (line.Length > 0 && line.Length + between.Length + part.Length > width)
            {
                yield return line;
                line = string.Empty;
            }

            line += line.Length > 0 ? between + part : part;
        }

        if (line.Length > 0)
        {
            yield return line;
        }
    }

    private string Coloured(string text, string colour) => hasColours && text.Length > 0 ? $"\u001b[{colour}m{text}\u001b[0m" : text;
}
