using System;
using AuthModule.Text;

namespace AuthModule.Core.Tests.Text;

public sealed class CopyableUriTests
{
    [Fact]
    [Trait("Feature", "M7")]
    public void The_text_keeps_the_escapes_that_Uri_would_show_as_what_they_stand_for()
    {
        const string Address = "https://id.contoso.com/authorize?scope=a%20b&redirect_uri=http%3A%2F%2F127.0.0.1%2Fb%C3%BC";
        Assert.Equal(Address, new CopyableUri(Address).ToString());
        Assert.NotEqual(Address, new Uri(Address).ToString());
        Assert.Equal(new Uri(Address), new CopyableUri(Address));
    }
}
