using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using AuthModule.Core.Tests.Support;
using AuthModule.Providers;
using AuthModule.TestKit.Files;

namespace AuthModule.Core.Tests.Documentation;

/// <summary>The calls on the pages of services fit the descriptions: what they name is there.</summary>
public sealed class ServicesPageTests
{
    // Of every provider, or an address in place of one that is described.
    private static readonly string[] Settings = ["tokenEndpoint", "trustedHosts", "assertionAudience", "assertionAlgorithm", "mfaMethod"];

    public static TheoryData<string> Calls() =>
    [
        .. RepositoryFiles.In("docs/services", "*.md").SelectMany(page => Regex.Matches(File.ReadAllText(page), @"^(?:\$\w+ = )?Get-AuthToken .+(?:(?<=`)\n.+)*$", RegexOptions.Multiline).Select(call => call.Value)),
    ];

    [Theory]
    [Trait("Feature", "D10")]
    [Trait("Feature", "S13")]
    [MemberData(nameof(Calls))]
    public void A_call_names_a_provider_its_parameters_and_a_way_that_it_has(string call)
    {
        AuthProvider provider = new EngineHost().Engine.Providers.Get(Regex.Match(call, @"-Provider ([\w-]+)").Groups[1].Value);
        ProviderDescription description = provider.Description;
        string[] declared = [.. description.Parameters.Select(parameter => parameter.Name), .. Settings];
        string table = Regex.Match(call, @"-Parameter @\{(.*)\}").Groups[1].Value;
        string[] given = [.. Regex.Matches(table, @"(\w+) =").Select(entry => entry.Groups[1].Value)];
        Assert.All(given, name => Assert.Contains(name, declared));
        Assert.All(description.Parameters.Where(parameter => parameter.IsRequired && parameter.Environment.Count == 0), parameter => Assert.Contains(parameter.Name, given));
        Assert.True(call.Contains("-Authority ", StringComparison.Ordinal) || !description.Authority.Default.IsEmpty, "needs -Authority");
        string grant = GrantOf(call) ?? description.Grants[0].Key;
        Assert.Contains(grant, provider.Grants);
    }

    [Theory]
    [Trait("Feature", "D10")]
    [Trait("Feature", "S13")]
    [InlineData("docs/services/infrastructure.md")]
    public void What_a_page_links_to_of_itself_is_there(string page)
    {
        string text = RepositoryFiles.Read(page);
        HashSet<string> headings = [.. Regex.Matches(text, @"^#+ (.+)$", RegexOptions.Multiline).Select(heading => Regex.Replace(heading.Groups[1].Value.ToLowerInvariant(), "[^a-z0-9 -]", string.Empty).Replace(' ', '-'))];
        Assert.All(Regex.Matches(text, @"\]\(#([^)]+)\)").Select(link => link.Groups[1].Value), link => Assert.Contains(link, headings));
    }

    private static string? GrantOf(string call) =>
        call.Contains("-Interactive", StringComparison.Ordinal) ? "authorization_code"
        : call.Contains("-RefreshToken ", StringComparison.Ordinal) ? "refresh_token"
        : call.Contains("-ApiKey ", StringComparison.Ordinal) ? "api_key"
        : call.Contains("-Credential ", StringComparison.Ordinal) ? "password"
        : call.Contains("-AssertionSource ", StringComparison.Ordinal) ? "workload"
        : call.Contains("-ClientSecret ", StringComparison.Ordinal) ? "client_credentials"
        : null;
}
