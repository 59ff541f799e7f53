using System;
using System.Collections;
using System.CommandLine;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Cli.Arguments;
using AuthModule.Cli.Terminal;
using AuthModule.Requests;
using AuthModule.Sessions;

namespace AuthModule.Cli.Commands;

/// <summary>A token, as Get-AuthToken gets it.</summary>
internal sealed class GetCommand : CliCommand
{
    private readonly ServiceOptions service;
    private readonly ClientOptions client;
    private readonly UserOptions user;
    private readonly WantedOptions wanted;
    private readonly SessionTokenOptions kept;
    private readonly TokenOutputOptions output;
    private readonly TransportOptions transport;

    public GetCommand(CliContext context, DiagnosticOptions diagnostics)
        : base("get", "Gets a token and prints it.", context, diagnostics)
    {
        service = Use(new ServiceOptions());
        client = Use(new ClientOptions());
        user = Use(new UserOptions());
        wanted = Use(new WantedOptions());
        kept = Use(new SessionTokenOptions());
        output = Use(new TokenOutputOptions());
        transport = Use(new TransportOptions());
        Examples =
        [
            "AUTHMODULE_CLIENT_SECRET=... authmodule get --authority id.contoso.com --client-id nightly --scope orders.read",
            "vault read -field=password app/alice | authmodule get --authority id.contoso.com --client-id portal --username alice --password-stdin",
            "curl -H \"$(authmodule get --output header)\" https://api.contoso.com/orders",
        ];
    }

    protected override async Task<int> RunAsync(Invocation call, CancellationToken cancellationToken)
    {
        TokenRequest request = wanted.Add(service.Read(call), call) with { Transport = transport.Read(call) };
        request = await client.AddAsync(request, call, cancellationToken);
        request = await user.AddAsync(request, call, cancellationToken);
        var table = new SessionTable();
        AuthEngine engine = call.Context.Engine;
        AuthSession session = await engine.OpenAsync(table, request, call.Log, cancellationToken);
        AuthToken token = kept.IsOffline(call)
            ? await engine.FindTokenAsync(table, session, kept.Read(call), call.Log, cancellationToken)
            : await engine.GetTokenAsync(table, session, kept.Read(call), call.Log, cancellationToken);
        output.Write(call, token);
        return ExitCode.Done;
    }
}
