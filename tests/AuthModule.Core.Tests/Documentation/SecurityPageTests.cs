using System;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using AuthModule.TestKit.Files;

namespace AuthModule.Core.Tests.Documentation;

/// <summary>SECURITY.md promises nothing without a test that shows it.</summary>
public sealed class SecurityPageTests
{
    private static readonly string[] Sources =
    [
        .. Directory.EnumerateFiles(RepositoryFiles.PathOf("tests"), "*Tests.*", SearchOption.AllDirectories)
            .Where(file => Path.GetExtension(file) is ".cs" or ".ps1" && !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)),
    ];

    public static TheoryData<string> Promises() =>
    [
        .. Regex.Matches(RepositoryFiles.Read("SECURITY.md"), @"^\| (?!From|---)(.+) \|$", RegexOptions.Multiline).Select(match => match.Groups[1].Value),
    ];

    [Theory]
    [Trait("Feature", "N10")]
    [MemberData(nameof(Promises))]
    public void Every_promise_names_tests_that_are_there(string row)
    {
        string[] tests = [.. Regex.Matches(row.Substring(row.LastIndexOf(" | ", StringComparison.Ordinal)), "`([^`]+)`").Select(match => match.Groups[1].Value)];
        Assert.NotEmpty(tests);
        Assert.All(tests, test => Assert.True(Exists(test), $"There is no test {test}."));
    }

    // "ClassTests", "ClassTests.Method" or "File.Tests.ps1: name".
    private static bool Exists(string test)
    {
        int colon = test.IndexOf(": ", StringComparison.Ordinal);
        string[] parts = colon > 0 ? [test.Substring(0, colon), $"It '{test.Substring(colon + 2)}'"] : test.Split('.');
        string file = colon > 0 ? parts[0] : parts[0] + ".cs";
        return Sources.Any(source => Path.GetFileName(source) == file
            && (parts.Length == 1 || File.ReadAllText(source).Contains(colon > 0 ? parts[1] : $" {parts[1]}(", StringComparison.Ordinal)));
    }
}
