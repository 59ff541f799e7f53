using System.IO;
using System.Linq;
using System.Security.Authentication;
using System.Text.RegularExpressions;
using AuthModule.Http;
using AuthModule.TestKit.Files;

namespace AuthModule.Core.Tests.Http;

[Trait("Feature", "D6")]
public sealed class TlsVersionTests
{
    [Fact]
    public void TLS_1_2_and_1_3_are_allowed_and_nothing_older() =>
        Assert.Equal(SslProtocols.Tls12 | SslProtocols.Tls13, TlsVersions.Allowed);

    // What a system allows by default may be older, so no connection of any build is left to it.
    [Fact]
    public void Which_versions_are_allowed_is_said_at_one_place()
    {
        var other = new Regex(@"SslProtocols\.None|SecurityProtocolType\.|(EnabledSslProtocols|SslProtocols) = (?!TlsVersions\.Allowed)");
        Assert.DoesNotContain(RepositoryFiles.Sources("src/AuthModule.Core"), file => Path.GetFileName(file) != "TlsVersions.cs" && other.IsMatch(File.ReadAllText(file)));
    }
}
