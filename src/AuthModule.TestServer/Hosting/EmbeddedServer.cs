using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Errors;
using AuthModule.TestServer.Dialects;
using AuthModule.TestServer.Endpoints;
using AuthModule.TestServer.Pages;
using AuthModule.TestServer.Recording;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace AuthModule.TestServer.Hosting;

/// <summary>
/// An authorization server inside this process, for trying out and for tests. Keys, certificates and demo users are made
/// at start and die with it.
/// </summary>
internal sealed class EmbeddedServer : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ServerState state;
    private readonly Lazy<IReadOnlyDictionary<string, object?>> description;

    private EmbeddedServer(WebApplication app, ServerState state)
    {
        this.app = app;
        this.state = state;
        description = new(() => DemoDescription.Of(
            state, state.Options.Address.Scheme == Uri.UriSchemeHttps ? Certificates.AuthorityPem : null));
    }

    /// <summary>Ends with a slash; also the issuer, which has none.</summary>
    public Uri BaseAddress => new(state.Origin + "/");

    /// <summary>The issuer identifier.</summary>
    public string Issuer => state.Origin;

    public ServerState State => state;

    /// <summary>Codes that a real server would send by phone or mail.</summary>
    public Outbox Outbox => state.Outbox;

    public ServerCertificates Certificates => state.Certificates;

    /// <summary>The last 10,000 requests, oldest first.</summary>
    public IReadOnlyList<ServedRequest> Requests => state.Log.Snapshot();

    /// <summary>
    /// Asked before each request is handled, after it was noted: true says that the reply has been written (or the
    /// connection broken) already. Tests inject faults by it.
    /// </summary>
    public Func<HttpContext, Task<bool>>? Intercept { get; set; }

    /// <exception cref="ConfigurationException"><see cref="AuthErrorId.InvalidUrl"/>: not a loopback address, and remote ones are not allowed.</exception>
    public static async Task<EmbeddedServer> StartAsync(EmbeddedServerOptions options, CancellationToken cancellationToken)
    {
        IPAddress address = ListenAddress(options);
        var certificates = new ServerCertificates();
        var state = new ServerState(options, certificates);

        // The empty builder reads no environment, no files and logs nothing: several servers live in one process.
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton<IHostLifetime, QuietLifetime>();
        builder.Services.Configure<HostOptions>(static host => host.ShutdownTimeout = TimeSpan.FromSeconds(1));
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 1024 * 1024;
            kestrel.Listen(address, options.Address.Port, listen => Secure(listen, options, certificates));
        });

        WebApplication app = builder.Build();
        var server = new EmbeddedServer(app, state);
        app.Use(server.HandleAsync);
        EndpointList.Map(app, state);
        try
        {
            await app.StartAsync(cancellationToken);
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }

        int port = new Uri(app.Urls.First()).Port;
        state.Origin = $"{options.Address.Scheme}://{options.Address.Host}:{port}";
        return server;
    }

    /// <summary>The address, and for each provider what is needed to try it, passwords and secrets included; ready for JSON.</summary>
    public IReadOnlyDictionary<string, object?> Describe() => description.Value;

    /// <summary>How many requests a path has had, e.g. <c>/token</c>.</summary>
    public long CountOf(string path) => state.Log.CountOf(path);

    public void ClearRequests() => state.Log.Clear();

    /// <summary>New signing keys; former ones stay in the key set unless <paramref name="keepFormer"/> is false.</summary>
    public void RotateKeys(bool keepFormer = true) => state.Keys.Rotate(keepFormer);

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
        state.Dispose();
        Certificates.Dispose();
    }

    private static IPAddress ListenAddress(EmbeddedServerOptions options)
    {
        string host = options.Address.IdnHost;
        IPAddress? address = host == "localhost" ? IPAddress.Loopback : IPAddress.TryParse(host, out IPAddress? parsed) ? parsed : null;
        if (address is null || options.Address.Scheme is not ("http" or "https"))
        {
            throw AuthError.Create(AuthErrorId.InvalidUrl, $"The embedded server cannot listen on '{options.Address}': give an IP address or localhost.");
        }

        if (!IPAddress.IsLoopback(address) && !options.AllowRemote)
        {
            throw AuthError.Create(AuthErrorId.InvalidUrl, $"The embedded server does not listen on '{options.Address}': it is for this machine only, unless remote access is allowed.");
        }

        return address;
    }

    private static void Secure(ListenOptions listen, EmbeddedServerOptions options, ServerCertificates certificates)
    {
        if (options.Address.Scheme != Uri.UriSchemeHttps)
        {
            return;
        }

        listen.UseHttps(https =>
        {
            https.ServerCertificate = options.CreateCertificate?.Invoke(certificates) ?? certificates.CreateServer(options.Address.IdnHost);
            https.ClientCertificateMode = options.RequireClientCertificate ? ClientCertificateMode.RequireCertificate : ClientCertificateMode.AllowCertificate;
            https.ClientCertificateValidation = (certificate, _, _) => !options.RequireClientCertificate || certificates.HasSigned(certificate);
        });
    }

    private async Task HandleAsync(HttpContext context, RequestDelegate next)
    {
        context.Response.Headers.Date = state.Now.ToString("R", System.Globalization.CultureInfo.InvariantCulture);
        if (!HostCheck.IsOurs(context, state.Options))
        {
            await HostCheck.RefuseAsync(context);
            return;
        }

        await RequestRecorder.RecordAsync(context, state);
        if (Intercept is { } intercept && await intercept(context))
        {
            return;
        }

        await next(context);
        if (context.Response is { StatusCode: StatusCodes.Status404NotFound, HasStarted: false } && context.GetEndpoint() is null && Reply.IsBrowser(context))
        {
            await MessagePage.NotFound().WriteAsync(context);
        }
    }
}
