using AuthModule.Grants.AuthorizationCode;
using AuthModule.Secrets;

namespace AuthModule.Core.Tests.Grants;

public sealed class PkceTests
{
    [Fact]
    [Trait("Feature", "M6")]
    public void The_challenge_is_that_of_RFC_7636_appendix_B() => Assert.Equal(
        "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
        Pkce.Challenge(Secret.From("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")));

    [Fact]
    [Trait("Feature", "M6")]
    public void A_verifier_has_128_unreserved_characters_and_is_never_the_same()
    {
        string first = Pkce.NewVerifier().Reveal();
        Assert.Matches("^[A-Za-z0-9_-]{128}$", first);
        Assert.NotEqual(first, Pkce.NewVerifier().Reveal());
    }
}
