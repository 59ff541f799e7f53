using System;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using AuthModule.Help;
using AuthModule.Help.Commands;
using AuthModule.TestKit.Files;

namespace AuthModule.Help.Tests;

/// <summary>The help of docs/en-US against the compiled cmdlets.</summary>
public sealed class HelpPagesTests
{
    private static readonly string Cmdlets = RepositoryFiles.PathOf(
        $"src/AuthModule.Cmdlets/bin/{new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name}/net8.0/AuthModule.Cmdlets.dll");

    [Fact]
    [Trait("Feature", "D1")]
    public void Every_cmdlet_and_parameter_has_its_text_and_no_text_is_without_one() =>
        Assert.Empty(HelpBuild.Run(Cmdlets, RepositoryFiles.PathOf("docs/en-US")).Faults);

    [Fact]
    [Trait("Feature", "D1")]
    public void The_cmdlets_of_the_help_are_those_that_the_manifest_exports()
    {
        string exports = Regex.Match(RepositoryFiles.Read("AuthModule.psd1"), @"CmdletsToExport\s*=\s*@\(([^)]*)\)").Groups[1].Value;
        Assert.Equal(
            Regex.Matches(exports, "'([^']+)'").Select(match => match.Groups[1].Value).Order(StringComparer.Ordinal),
            CommandReader.Read(Cmdlets).Select(command => command.Name));
    }

    [Fact]
    [Trait("Feature", "D1")]
    public void Defaults_are_those_of_the_cmdlet()
    {
        Command command = CommandReader.Read(Cmdlets).Single(command => command.Name == "Test-AuthToken");
        Assert.Equal("30", Of("TimeoutSec").DefaultValue);
        Assert.Equal("00:01:00", Of("ClockSkew").DefaultValue);
        Assert.Equal("access", Of("TokenUse").DefaultValue);
        Assert.Equal("None", Of("Audience").DefaultValue);
        Assert.Equal("False", Of("Offline").DefaultValue);
        Assert.Equal(["access", "id", "any", "logout"], Of("TokenUse").Values);
        Assert.Equal(("1", "86400"), Of("TimeoutSec").Range);
        Assert.Equal(["AuthUrl", "BaseUrl"], Of("Authority").Aliases);

        Parameter Of(string name) => command.Parameters.Single(parameter => parameter.Name == name);
    }

    [Fact]
    [Trait("Feature", "D1")]
    public void The_same_pages_make_the_same_help()
    {
        HelpBuild[] twice = [.. Enumerable.Range(0, 2).Select(_ => HelpBuild.Run(Cmdlets, RepositoryFiles.PathOf("docs/en-US")))];
        Assert.Equal(twice[0].Files, twice[1].Files);
        Assert.DoesNotContain(twice[0].Files.Values, text => text.Contains('\r', StringComparison.Ordinal));
    }
}
