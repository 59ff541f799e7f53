using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Cli.Arguments;
using AuthModule.Cli.Output;
using AuthModule.Cli.Terminal;
using AuthModule.TestServer.Dialects;
using AuthModule.TestServer.Hosting;
using AuthModule.Text;

namespace AuthModule.Cli.Commands;

/// <summary>The embedded authorization server, for development and tests.</summary>
internal sealed class ServeCommand : CliCommand
{
    private readonly ServerOptions options;

    public ServeCommand(CliContext context, DiagnosticOptions diagnostics)
        : base("serve", "Runs an authorization server for development and tests.", context, diagnostics)
    {
        options = Use(new ServerOptions());
        Examples =
        [
            "authmodule serve",
            "authmodule serve --urls https://127.0.0.1:8443 --token-format opaque --access-lifetime 90",
            "authmodule serve --dialect as-coded",
        ];
        Notes = "Prints one JSON line when it listens (a table on a terminal): its address, and clients and users with secrets that are made at start, and how to try each built-in provider. Its home page, at that address, shows what it has and what it is asked. What a real server would send by phone or mail appears on stderr. Ends on Ctrl+C. Keys, users and tokens end with it.";
    }

    protected override bool StreamsOutput => true;

    protected override async Task<int> RunAsync(Invocation call, CancellationToken cancellationToken)
    {
        EmbeddedServerOptions settings = options.Read(call);
        using var stdinClosed = new CancellationTokenSource();
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, stdinClosed.Token);
        if (options.EndsWithStdin(call))
        {
            _ = Task.Run(() => Drain(call, stdinClosed), CancellationToken.None);
        }

        await using EmbeddedServer server = await EmbeddedServer.StartAsync(settings, cancellationToken);
        call.Context.Error.WriteLine($"authmodule serve: listening on {server.BaseAddress}. For development and tests only: do not let it guard anything.");
        server.Outbox.Sent = message => call.Context.Error.WriteLine($"authmodule serve: {message.Channel} to {message.To}: {message.Code}");
        if (options.WantsText(call))
        {
            ServerText.Write(call.Context, server, settings);
        }
        else
        {
            call.Context.Output.WriteLine(JsonText.WriteObject(ServerJson.Of(server, settings)));
        }

        try
        {
            await Task.Delay(Timeout.Infinite, end.Token);
        }
        catch (OperationCanceledException)
        {
            call.Context.Error.WriteLine("authmodule serve: stopped.");
        }

        return ExitCode.Done;
    }

    // Whoever started this holds the other end: when that process dies, stdin closes.
    private static void Drain(Invocation call, CancellationTokenSource stdinClosed)
    {
        while (call.Context.Input.ReadLine() is not null)
        {
        }

        try
        {
            stdinClosed.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // Already ended by a signal.
        }
    }

    private sealed class ServerOptions : OptionGroup
    {
        private readonly Option<string?> urls;
        private readonly Option<bool> allowRemote;
        private readonly Option<TimeSpan?> accessLifetime;
        private readonly Option<TimeSpan?> refreshLifetime;
        private readonly Option<TokenFormat> tokenFormat;
        private readonly Option<DialectVariant> dialect;
        private readonly Option<int?> requestsPerMinute;
        private readonly Option<TimeSpan?> pollInterval;
        private readonly Option<bool> requireDpopNonce;
        private readonly Option<bool> requireClientCertificate;
        private readonly Option<bool> json;
        private readonly Option<bool> untilStdinCloses;

        public ServerOptions()
            : base("The server")
        {
            urls = Add(NewOption.Text("--urls", "URL", "Where to listen, http or https; port 0 takes a free one (http://127.0.0.1:0).", "--url"));
            allowRemote = Add(NewOption.Flag("--allow-remote", "Let it listen where other machines can reach it."));
            accessLifetime = Add(NewOption.Time("--access-lifetime", "How long access tokens are good: 90, 30m (1 hour)."));
            refreshLifetime = Add(NewOption.Time("--refresh-lifetime", "How long refresh tokens are good (1 day)."));
            tokenFormat = Add(NewOption.Choice(
                "--token-format",
                "Of access tokens (jwt).",
                TokenFormat.Jwt,
                new Dictionary<string, TokenFormat> { ["jwt"] = TokenFormat.Jwt, ["opaque"] = TokenFormat.Opaque }));
            dialect = Add(NewOption.Choice(
                "--dialect",
                "Where a service's documents and its published code differ: which of the two to speak (documented).",
                DialectVariant.Documented,
                new Dictionary<string, DialectVariant> { ["documented"] = DialectVariant.Documented, ["as-coded"] = DialectVariant.AsCoded }));
            requestsPerMinute = Add(NewOption.Number("--requests-per-minute", "Rate limit of the JSON login API (1000).", least: 1));
            pollInterval = Add(NewOption.Time("--poll-interval", "How long a device has to wait between two questions (5 seconds)."));
            requireDpopNonce = Add(NewOption.Flag("--require-dpop-nonce", "DPoP proofs have to hold a nonce of this server."));
            requireClientCertificate = Add(NewOption.Flag("--require-client-certificate", "With https: refuse connections without the client certificate that is printed."));
            json = Add(NewOption.Flag("--json", "The JSON line also on a terminal."));
            untilStdinCloses = Add(NewOption.Flag("--until-stdin-closes", "End when stdin does, so that it does not outlive who started it."));
        }

        public bool EndsWithStdin(Invocation call) => call.Parsed.GetValue(untilStdinCloses);

        public bool WantsText(Invocation call) => call.Context.IsOutputTerminal && !call.Parsed.GetValue(json);

        public EmbeddedServerOptions Read(Invocation call)
        {
            ParseResult parsed = call.Parsed;
            EmbeddedServerOptions demo = EmbeddedServerOptions.Demo();
            Uri address = parsed.GetValue(urls) is { } text ? ReadAddress(text) : demo.Address;
            return demo with
            {
                Address = address,
                Clients = address.Scheme == Uri.UriSchemeHttps ? [.. demo.Clients, EmbeddedServerOptions.WithCertificate] : demo.Clients,
                AllowRemote = parsed.GetValue(allowRemote),
                TokenLifetime = parsed.GetValue(accessLifetime) ?? demo.TokenLifetime,
                RefreshLifetime = parsed.GetValue(refreshLifetime) ?? demo.RefreshLifetime,
                TokenFormat = parsed.GetValue(tokenFormat),
                PollInterval = parsed.GetValue(pollInterval) ?? demo.PollInterval,
                RequireDpopNonce = parsed.GetValue(requireDpopNonce),
                RequireClientCertificate = parsed.GetValue(requireClientCertificate),
                Dialects = demo.Dialects with
                {
                    Variant = parsed.GetValue(dialect),
                    RequestsPerMinute = parsed.GetValue(requestsPerMinute) ?? demo.Dialects.RequestsPerMinute,
                },
            };
        }

        private static Uri ReadAddress(string text) =>
            Uri.TryCreate(text, UriKind.Absolute, out Uri? url) && url.Scheme is "http" or "https" && url.UserInfo.Length == 0
                ? url
                : throw new UsageException("--urls takes one http or https address, e.g. http://127.0.0.1:8080.");
    }
}
