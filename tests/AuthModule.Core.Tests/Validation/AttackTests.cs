using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using AuthModule.TestKit.Jwts;
using AuthModule.TestKit.Time;
using Xunit;

namespace AuthModule.Core.Tests.Validation;

/// <summary>Every attack of the catalogue is refused, by the check that it is aimed at.</summary>
public class AttackTests
{
    private readonly ManualTimeProvider clock = new();

    public static IEnumerable<TheoryDataRow<string>> Names() => AttackCatalogue.All.Keys.Select(name => new TheoryDataRow<string>(name));

    [Theory]
    [Trait("Feature", "C7")]
    [Trait("Feature", "C8")]
    [Trait("Feature", "R16")]
    [MemberData(nameof(Names))]
    public async Task An_attack_is_refused(string name)
    {
        Attack attack = AttackCatalogue.All[name](clock);
        TokenTestResult result = await TestIssuer.TestAsync(attack.Token, attack.Rules);

        Assert.False(result.IsValid);
        Assert.Equal(attack.Expected, result.Failure);
        Assert.Contains(result.StatusCode, new[] { 401, 403 });
        Assert.All(result.Checks, check => Assert.True(check.Passed || check.Id is not null || !check.WasRun));
        Assert.DoesNotContain(result.Checks, check => attack.Token.Length > 20 && check.Reason.Contains(attack.Token));
    }

    [Fact]
    public void The_catalogue_has_at_least_eighty_attacks() => Assert.True(AttackCatalogue.All.Count >= 80, $"{AttackCatalogue.All.Count}");
}
