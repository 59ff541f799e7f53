using System;
using System.Collections.Generic;
using System.IO;
using AuthModule.TestKit.Files;

namespace AuthModule.Core.Tests.Support;

/// <summary>
/// Numbers that a run is to show at its end: how many cells, inputs, minutes. They are in the test's own output, and in a file
/// that the build prints when all tests of the project are through.
/// </summary>
internal static class Figures
{
    private static readonly object Gate = new();
    private static readonly SortedDictionary<string, string> Lines = new(StringComparer.Ordinal);

    public static string File { get; } = Path.Combine(Clone.Root, "out", "test-results", "figures-AuthModule.Core.Tests.txt");

    public static void Add(string name, string figure)
    {
        TestContext.Current.TestOutputHelper?.WriteLine($"{name}: {figure}");
        TestContext.Current.SendDiagnosticMessage("{0}: {1}", name, figure);
        lock (Gate)
        {
            Lines[name] = figure;
            Directory.CreateDirectory(Path.GetDirectoryName(File)!);
            using StreamWriter file = new(File);
            foreach ((string each, string value) in Lines)
            {
                file.WriteLine($"{each}: {value}");
            }
        }
    }
}
