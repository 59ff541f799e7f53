using System.Globalization;
using AuthModule.Json;

namespace AuthModule.Core.Tests.Json;

[Trait("Feature", "D6")]
public sealed class ShortestDoubleTests
{
    [Theory]
    [InlineData(0.1, "0.1")]
    [InlineData(1.5, "1.5")]
    [InlineData(3600.25, "3600.25")]
    [InlineData(1e21, "1E+21")]
    [InlineData(0.30000000000000004, "0.30000000000000004")]
    [InlineData(double.Epsilon, "4.94065645841247E-324")]
    [InlineData(double.MaxValue, "1.7976931348623157E+308")]
    public void A_number_is_as_short_as_it_can_be(double number, string text)
    {
        Assert.Equal(text, ShortestDouble.Text(number));
        Assert.Equal(number, double.Parse(text, CultureInfo.InvariantCulture));
    }
}
