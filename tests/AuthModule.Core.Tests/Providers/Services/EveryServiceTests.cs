using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using AuthModule.Core.Tests.Support;
using AuthModule.Providers;
using AuthModule.TestKit.Files;
using AuthModule.TokenTesting;

namespace AuthModule.Core.Tests.Providers.Services;

/// <summary>A built-in description is tested, explained, and says where its facts are from.</summary>
public sealed class EveryServiceTests
{
    // Written with the service or its clients at hand, and not from a page that could be read again.
    private static readonly string[] WithoutPage =
        ["digitalocean", "hetzner", "infoblox", "linode", "local", "nutanix-prism", "octopus-deploy", "pynomaly", "synology-dsm"];

    private static readonly Lazy<string> Tests = new(() => string.Concat(RepositoryFiles.Sources("tests/AuthModule.Core.Tests")
        .Where(file => Path.GetFileName(file) != "EveryServiceTests.cs").Select(File.ReadAllText)));

    private static readonly Lazy<string> Pages = new(() => string.Concat(RepositoryFiles.In("docs/services", "*.md").Select(File.ReadAllText)));

    public static TheoryData<string> Names() => [.. ProviderCatalog.BuiltInNames];

    [Theory]
    [Trait("Feature", "S13")]
    [MemberData(nameof(Names))]
    public async Task It_is_described_without_a_complaint_and_says_where_from(string name)
    {
        ProviderDescription description = new ProviderCatalog().Get(name).Description;
        Assert.True(WithoutPage.Contains(name) || description.Facts is { Pages.Count: > 0 }, $"'{name}' does not say where its facts are from.");
        Assert.NotNull(description.Title);
        ProviderCheck check = await ProviderProof.RunAsync(RepositoryFiles.PathOf($"src/AuthModule.Core/Providers/BuiltIn/{name}.json"), null, null, TimeProvider.System, TestContext.Current.CancellationToken);
        Assert.Empty(check.Faults);
        Assert.All(check.Requests, request => Assert.Null(request.Fault));
    }

    [Theory]
    [Trait("Feature", "S13")]
    [MemberData(nameof(Names))]
    public void It_is_tested(string name) =>
        Assert.True(
            new[] { $"class {char.ToUpperInvariant(name[0])}{name.Substring(1)}Tests", $"ServiceHost(\"{name}\")", $"Provider = \"{name}\"", $"With(\"{name}\")", $"InlineData(\"{name}\"" }.Any(use => Tests.Value.Contains(use, StringComparison.Ordinal)),
            $"No test asks '{name}' for a token.");

    [Theory]
    [Trait("Feature", "S13")]
    [MemberData(nameof(Names))]
    public void It_has_a_section_with_an_example(string name) =>
        Assert.True(
            Regex.IsMatch(Pages.Value, $"(?m)^##+ (.*, )?{Regex.Escape(name)}(, .*)?$") && Pages.Value.Contains($"-Provider {name}", StringComparison.Ordinal),
            $"docs/services has no section of '{name}' with an example.");

    [Fact]
    [Trait("Feature", "S13")]
    public void One_is_read_when_it_is_named_and_no_other()
    {
        var catalog = new ProviderCatalog();
        Assert.Equal("exact", catalog.Find("EXACT")!.Name);
        Assert.Equal(ProviderCatalog.BuiltInNames.Count(), new HashSet<string>(ProviderCatalog.BuiltInNames, StringComparer.OrdinalIgnoreCase).Count);
        Figures.Add("services described", $"{ProviderCatalog.BuiltInNames.Count()}");
    }
}
