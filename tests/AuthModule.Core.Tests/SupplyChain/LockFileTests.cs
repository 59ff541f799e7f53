using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.RegularExpressions;
using AuthModule.TestKit.Files;

namespace AuthModule.Core.Tests.SupplyChain;

/// <summary>What is restored is written down in full, and fits every copy of the registry.</summary>
public sealed class LockFileTests
{
    public static TheoryData<string> Projects() =>
    [
        .. Regex.Matches(RepositoryFiles.Read("AuthModule.sln"), "\"([^\"]+\\.csproj)\"").Select(match => match.Groups[1].Value.Replace('\\', '/')),
    ];

    [Theory]
    [Trait("Feature", "D7")]
    [MemberData(nameof(Projects))]
    public void Every_project_of_the_solution_has_a_lock_file_with_a_hash_for_each_package(string project)
    {
        using JsonDocument document = JsonDocument.Parse(RepositoryFiles.Read(LockFileOf(project)));
        foreach (JsonProperty package in document.RootElement.GetProperty("dependencies").EnumerateObject().SelectMany(framework => framework.Value.EnumerateObject()))
        {
            if (package.Value.GetProperty("type").GetString() != "Project")
            {
                Assert.Equal(64, Convert.FromBase64String(package.Value.GetProperty("contentHash").GetString()!).Length);
            }
        }
    }

    [Theory]
    [Trait("Feature", "D7")]
    [MemberData(nameof(Projects))]
    public void A_lock_file_names_no_address_and_no_folder(string project) =>
        Assert.DoesNotMatch(@"https?:|""[A-Za-z]:\\|""/", Regex.Replace(RepositoryFiles.Read(LockFileOf(project)), "\"contentHash\": \"[^\"]+\"", string.Empty));

    private static string LockFileOf(string project) => Path.Combine(Path.GetDirectoryName(project)!, "packages.lock.json");
}
