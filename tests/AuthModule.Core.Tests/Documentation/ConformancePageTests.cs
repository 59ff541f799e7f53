using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using AuthModule.TestKit.Files;

namespace AuthModule.Core.Tests.Documentation;

/// <summary>docs/conformance.md names tests that there are.</summary>
public sealed partial class ConformancePageTests
{
    [Fact]
    [Trait("Feature", "R22")]
    public void Every_test_that_the_page_names_is_there()
    {
        string page = File.ReadAllText(Path.Combine(Clone.Root, "docs", "conformance.md"));
        HashSet<string> tests = [.. typeof(ConformancePageTests).Assembly.GetTypes().SelectMany(type => type.GetMethods().Select(method => $"{type.Name}.{method.Name}"))];

        string[] named = [.. Named().Matches(page).Select(match => match.Groups[1].Value).Distinct()];

        Assert.True(named.Length > 20, $"Only {named.Length} tests are named.");
        Assert.Empty(named.Except(tests, StringComparer.Ordinal));
    }

    [GeneratedRegex(@"`(\w+Tests\.\w+)`")]
    private static partial Regex Named();
}
