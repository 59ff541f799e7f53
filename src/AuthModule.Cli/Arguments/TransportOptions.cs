using System;
using System.CommandLine;
using System.Net;
using AuthModule.Cli.Terminal;
using AuthModule.Http;

namespace AuthModule.Cli.Arguments;

/// <summary>How to reach the service.</summary>
internal sealed class TransportOptions : OptionGroup
{
    private const string ProxyPassword = "AUTHMODULE_PROXY_PASSWORD";

    private readonly Option<int?> timeout;
    private readonly Option<int?> retries;
    private readonly Option<string?> proxy;
    private readonly Option<string?> proxyUsername;
    private readonly Option<string?> caCertificate;
    private readonly Option<bool> skipCertificateCheck;
    private readonly Option<bool> allowInsecureHttp;

    public TransportOptions()
        : base("The network")
    {
        timeout = Add(NewOption.Number("--timeout-sec", "Seconds for the whole of a request, repeats included (30).", least: 1));
        retries = Add(NewOption.Number("--maximum-retry-count", "How often a request may be sent again (2).", least: 0));
        proxy = Add(NewOption.Text("--proxy", "URL", "A proxy other than the system's."));
        proxyUsername = Add(NewOption.Text("--proxy-username", "NAME", $"Who may use the proxy ({ProxyPassword})."));
        caCertificate = Add(NewOption.Text("--ca-certificate", "PATH", "A PEM or DER file with the only authorities to trust."));
        skipCertificateCheck = Add(NewOption.Flag("--skip-certificate-check", "Take any server certificate: for trying out only."));
        allowInsecureHttp = Add(NewOption.Flag("--allow-insecure-http", "Send credentials over http, readable to everyone on the way."));
    }

    public TransportSettings Read(Invocation call)
    {
        ParseResult parsed = call.Parsed;
        TransportSettings standard = TransportSettings.Default;
        return standard with
        {
            Timeout = parsed.GetValue(timeout) is { } seconds ? TimeSpan.FromSeconds(seconds) : standard.Timeout,
            MaximumRetryCount = parsed.GetValue(retries) ?? standard.MaximumRetryCount,
            Proxy = parsed.GetValue(proxy) is { } address ? ReadProxy(address) : null,
            ProxyCredential = parsed.GetValue(proxyUsername) is { } name
                ? new NetworkCredential(name, call.Context.Environment.Get(ProxyPassword) ?? throw new UsageException($"--proxy-username needs {ProxyPassword}."))
                : null,
            CaCertificate = parsed.GetValue(caCertificate),
            SkipCertificateCheck = parsed.GetValue(skipCertificateCheck),
            AllowInsecureHttp = parsed.GetValue(allowInsecureHttp),
        };
    }

    private static Uri ReadProxy(string address) =>
        ProxyAddress.TryRead(address, out Uri? url)
            ? url!
            : throw new UsageException($"--proxy takes an http(s) address without a user name; that is --proxy-username and {ProxyPassword}.");
}
