using System.Linq;
using System.Text.RegularExpressions;
using AuthModule.ServiceChecks;
using AuthModule.TestKit.Files;

namespace AuthModule.Core.Tests.Documentation;

/// <summary>docs/diagnosis.md explains every step, in their order.</summary>
public sealed class DiagnosisPageTests
{
    [Fact]
    [Trait("Feature", "N17")]
    public void Every_step_has_a_section_in_its_place_and_nothing_else_has() => Assert.Equal(
        DiagnosisSteps.All.Select(step => step.Name),
        Regex.Matches(RepositoryFiles.Read("docs/diagnosis.md"), "^### (.+)$", RegexOptions.Multiline).Select(match => match.Groups[1].Value));
}
