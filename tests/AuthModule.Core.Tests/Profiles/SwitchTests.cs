using AuthModule.Core.Tests.Support;
using AuthModule.Requests;

namespace AuthModule.Core.Tests.Profiles;

public sealed class SwitchTests
{
    private const string Variable = "AUTHMODULE_NON_INTERACTIVE";

    [Theory]
    [Trait("Feature", "C14")]
    [InlineData("1", true)]
    [InlineData("TRUE", true)]
    [InlineData("True", true)]
    [InlineData("yes", true)]
    [InlineData("On", true)]
    [InlineData(" true ", true)]
    [InlineData("0", false)]
    [InlineData("FALSE", false)]
    [InlineData("no", false)]
    [InlineData("off", false)]
    public void Yes_and_no_are_understood_in_every_usual_form(string value, bool isOn)
    {
        var host = new EngineHost();
        host.Variables[Variable] = value;
        Assert.Equal(isOn, host.Engine.Resolve(new TokenRequest { Authority = "id.example" }).Request.IsNonInteractive);
    }

    [Theory]
    [Trait("Feature", "C14")]
    [InlineData("2")]
    [InlineData("si")]
    public void What_is_neither_is_refused_and_the_variable_named(string value)
    {
        var host = new EngineHost();
        host.Variables[Variable] = value;
        var refused = Assert.ThrowsAny<AuthException>(() => host.Engine.Resolve(new TokenRequest { Authority = "id.example" }));
        Assert.Equal(AuthErrorId.InvalidRequest, refused.Code);
        Assert.Contains(Variable, refused.Message, System.StringComparison.Ordinal);
    }
}
