using System;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Threading.Tasks;
using AuthModule.Http;
using AuthModule.Issuing;
using AuthModule.ServiceChecks;
using AuthModule.TestKit.Certificates;
using AuthModule.TestServer.Hosting;

namespace AuthModule.Core.Tests.ServiceChecks;

/// <summary>From the address to the safe connection, at servers that have the fault.</summary>
public sealed class NetworkDiagnosisTests
{
    private static readonly IssuerKeys Keys = new();

    [Theory]
    [Trait("Feature", "N17")]
    [InlineData("https://me:pass@id.contoso.com", AuthErrorId.InvalidUrl)]
    [InlineData("ftp://id.contoso.com", AuthErrorId.InvalidUrl)]
    [InlineData("http://id.contoso.com", AuthErrorId.InsecureUrl)]
    [InlineData("", AuthErrorId.MissingParameter)]
    public async Task An_address_that_cannot_be_used_is_told_before_anything_is_sent(string address, string id)
    {
        Report report = await Report.OfAsync(address);
        Assert.Equal(id, report.OnlyFault(StepNames.Address).Id);
        Assert.DoesNotContain("pass@", report.Text, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Feature", "N17")]
    public async Task A_name_that_does_not_resolve_is_told()
    {
        ServiceCheck fault = (await Report.OfAsync("https://nosuch.invalid")).OnlyFault(StepNames.Name);
        Assert.Equal(AuthErrorId.NetworkFailure, fault.Id);
        Assert.StartsWith("nosuch.invalid does not resolve", fault.Detail, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Feature", "N17")]
    public async Task A_port_that_refuses_is_told()
    {
        using var taken = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        taken.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        int port = ((IPEndPoint)taken.LocalEndPoint!).Port;
        ServiceCheck fault = (await Report.OfAsync($"https://127.0.0.1:{port}")).OnlyFault(StepNames.Connection);
        Assert.Equal((AuthErrorId.NetworkFailure, $"127.0.0.1 port {port}: refused"), (fault.Id, fault.Detail));
        Assert.Contains("nobody listens", fault.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Feature", "N17")]
    public async Task The_proxy_in_effect_is_named_and_looked_at_in_the_services_place()
    {
        using var taken = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        taken.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        int port = ((IPEndPoint)taken.LocalEndPoint!).Port;
        Report report = await Report.OfAsync("https://id.contoso.com", new TransportSettings { Proxy = new Uri($"http://127.0.0.1:{port}") });
        Assert.Equal($"http://127.0.0.1:{port}, as given", report[StepNames.Proxy].Detail);
        Assert.Equal($"the proxy, 127.0.0.1 port {port}: refused", report.OnlyFault(StepNames.Connection).Detail);
    }

    [Theory]
    [Trait("Feature", "N17")]
    [InlineData("proxy.contoso.invalid:8080")]
    [InlineData("proxy")]
    [InlineData("127.0.0.1:1")]
    public async Task A_proxy_that_is_no_address_is_a_result(string proxy)
    {
        Report report = await Report.OfAsync("https://id.contoso.com", new TransportSettings { Proxy = new Uri(proxy, UriKind.RelativeOrAbsolute) });
        ServiceCheck fault = report.OnlyFault(StepNames.Address);
        Assert.Equal(AuthErrorId.InvalidUrl, fault.Id);
        Assert.Contains($"-Proxy '{proxy}'", fault.Detail, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Feature", "N17")]
    public async Task A_good_certificate_is_shown_with_the_days_that_it_has_left()
    {
        using var certificates = new TestCertificates();
        ServiceCheck check = (await OfServerAsync(certificates.Server(until: 90.5), certificates))[StepNames.Tls];
        Assert.True(check.Passed);
        Assert.Matches(@"^TLS 1\.[23]; certificate for 127\.0\.0\.1, issued by test authority, ends .* \(90 days left\)$", check.Detail);
        Assert.Null(check.RecommendedAction);

        ServiceCheck soon = (await OfServerAsync(certificates.Server(until: 5.5), certificates))[StepNames.Tls];
        Assert.True(soon.Passed);
        Assert.Contains("(5 days left)", soon.Detail, StringComparison.Ordinal);
        Assert.Equal("Have the certificate renewed before it ends.", soon.RecommendedAction);
    }

    [Fact]
    [Trait("Feature", "N17")]
    public async Task An_expired_certificate_is_told()
    {
        using var certificates = new TestCertificates();
        await AssertTlsAsync(await OfServerAsync(certificates.Server(from: -20, until: -3.01), certificates), "the certificate has expired; certificate for 127.0.0.1", "3 days ago", "renewed");
    }

    [Fact]
    [Trait("Feature", "N17")]
    public async Task A_certificate_that_is_not_yet_valid_is_told()
    {
        using var certificates = new TestCertificates();
        await AssertTlsAsync(await OfServerAsync(certificates.Server(from: 2), certificates), "the certificate is valid from ", "on only", "clock");
    }

    [Fact]
    [Trait("Feature", "N17")]
    public async Task A_certificate_for_another_host_is_told_with_the_hosts_that_it_is_for()
    {
        using var certificates = new TestCertificates();
        await AssertTlsAsync(await OfServerAsync(certificates.Server(host: "elsewhere.example"), certificates), "the certificate is not for 127.0.0.1; certificate for elsewhere.example", "elsewhere.example", "name");
    }

    [Fact]
    [Trait("Feature", "N17")]
    public async Task An_unknown_authority_is_told()
    {
        using var certificates = new TestCertificates();
        await AssertTlsAsync(await OfServerAsync(certificates.Server(), null), "its authority is not trusted here", "test authority", "-CaCertificate PATH");

        using var others = new TestCertificates();
        await AssertTlsAsync(await OfServerAsync(certificates.Server(), others), "its authority is not in the given CA file", "test authority", "authority that issued it");
    }

    [Fact]
    [Trait("Feature", "N17")]
    public async Task A_self_signed_certificate_is_told()
    {
        using var certificates = new TestCertificates();
        await AssertTlsAsync(await OfServerAsync(certificates.Server(isSelfSigned: true), null), "the certificate is self-signed; ", "issued by self", "-CaCertificate PATH");
    }

    [Fact]
    [Trait("Feature", "N17")]
    public async Task Several_faults_of_a_certificate_are_told_at_once()
    {
        using var certificates = new TestCertificates();
        await AssertTlsAsync(
            await OfServerAsync(certificates.Server(host: "elsewhere.example", from: -20, until: -3), null),
            "the certificate has expired, and the certificate is not for 127.0.0.1, and its authority is not trusted here",
            "elsewhere.example",
            "renewed");
    }

    [Fact]
    [Trait("Feature", "N17")]
    public async Task A_false_certificate_that_is_let_pass_is_told_all_the_same()
    {
        using var certificates = new TestCertificates();
        await using EmbeddedServer server = await StartAsync(certificates.Server(until: -1));
        Report report = await Report.OfAsync(server.Issuer, new TransportSettings { SkipCertificateCheck = true });
        Assert.Empty(report.Faults);
        Assert.StartsWith("the certificate has expired, and its authority is not trusted here, or an intermediate certificate is missing, which -SkipCertificateCheck lets pass; TLS", report[StepNames.Tls].Detail, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Feature", "N17")]
    public async Task A_server_that_speaks_an_old_protocol_only_is_told()
    {
        using var certificates = new TestCertificates();
        await using OldTlsServer? server = await OldTlsServer.StartAsync(certificates);
        Assert.SkipWhen(server is null, "needs openssl: no server of .NET speaks TLS 1.1 any more");
        ServiceCheck fault = (await Report.OfAsync(server.Address)).OnlyFault(StepNames.Tls);
        Assert.Equal(AuthErrorId.TlsFailure, fault.Id);
        Assert.Matches("speaks older protocols only|speaks TLS 1.1 and nothing newer", fault.Detail);
        Assert.Contains("TLS 1.2 or 1.3", fault.RecommendedAction, StringComparison.Ordinal);
    }

    [Theory]
    [Trait("Feature", "N17")]
    [InlineData(new byte[] { 22, 3, 2, 0, 49, 2, 0, 0, 45, 3, 2 }, "the server speaks TLS 1.1 and nothing newer")]
    [InlineData(new byte[] { 22, 3, 1, 0, 49, 2, 0, 0, 45, 3, 1 }, "the server speaks TLS 1.0 and nothing newer")]
    [InlineData(new byte[] { 21, 3, 1, 0, 2, 2, 70 }, "the server refuses TLS 1.2 and 1.3: it speaks older protocols only")]
    [InlineData(new byte[] { 21, 3, 3, 0, 2, 2, 40 }, "the server refuses the handshake (no common cipher, or it wants a client certificate)")]
    [InlineData(new byte[] { 21, 3, 3, 0, 2, 2, 80 }, "the server refuses the handshake (alert 80)")]
    public async Task What_a_server_answers_to_the_handshake_is_read(byte[] answer, string detail) =>
        Assert.Equal(detail, (await AnswerAsync(async stream => await stream.WriteAsync(answer))).Detail);

    [Fact]
    [Trait("Feature", "N17")]
    public async Task A_port_that_speaks_no_TLS_is_told() =>
        Assert.EndsWith("does not speak TLS", (await AnswerAsync(async stream => await stream.WriteAsync(Encoding.ASCII.GetBytes("HTTP/1.1 400 Bad Request\r\n\r\n")))).Detail, StringComparison.Ordinal);

    private static async Task<ServiceCheck> AnswerAsync(Func<Stream, Task> answer)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        Task serving = ServeAsync();
        Report report = await Report.OfAsync($"https://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");
        listener.Stop();
        await serving;
        ServiceCheck fault = report.OnlyFault(StepNames.Tls);
        Assert.Equal(AuthErrorId.TlsFailure, fault.Id);
        return fault;

        async Task ServeAsync()
        {
            try
            {
                while (true)
                {
                    using TcpClient client = await listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
                    try
                    {
                        NetworkStream stream = client.GetStream();

                        // The connection of the step before says nothing.
                        byte[] hello = new byte[1];
                        if (await client.Client.ReceiveAsync(hello, SocketFlags.Peek, TestContext.Current.CancellationToken) > 0)
                        {
                            await answer(stream);
                            client.Client.Shutdown(SocketShutdown.Send);
                            while (await stream.ReadAsync(new byte[4096], TestContext.Current.CancellationToken) > 0)
                            {
                            }
                        }
                    }
                    catch (Exception end) when (end is IOException or SocketException or System.Security.Authentication.AuthenticationException)
                    {
                        // As it should be.
                    }
                }
            }
            catch (Exception stopped) when (stopped is SocketException or ObjectDisposedException or InvalidOperationException)
            {
                // The test is through.
            }
        }
    }

    private static Task AssertTlsAsync(Report report, string what, string more, string action)
    {
        ServiceCheck fault = report.OnlyFault(StepNames.Tls);
        Assert.Equal(AuthErrorId.TlsFailure, fault.Id);
        Assert.StartsWith(what, fault.Detail, StringComparison.Ordinal);
        Assert.Contains(more, fault.Detail, StringComparison.Ordinal);
        Assert.Contains(action, fault.RecommendedAction, StringComparison.Ordinal);
        return Task.CompletedTask;
    }

    private static async Task<Report> OfServerAsync(X509Certificate2 certificate, TestCertificates? trusted)
    {
        await using EmbeddedServer server = await StartAsync(certificate);
        return await Report.OfAsync(server.Issuer, new TransportSettings { CaCertificate = trusted?.AuthorityFile.Path });
    }

    private static Task<EmbeddedServer> StartAsync(X509Certificate2 certificate) => EmbeddedServer.StartAsync(
        new EmbeddedServerOptions { Keys = Keys, Address = new Uri("https://127.0.0.1:0"), CreateCertificate = _ => certificate },
        TestContext.Current.CancellationToken);
}
