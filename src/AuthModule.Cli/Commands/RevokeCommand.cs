using System.Collections.Generic;
using System.CommandLine;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Cli.Arguments;
using AuthModule.Cli.Terminal;
using AuthModule.Requests;
using AuthModule.Secrets;
using AuthModule.Sessions;

namespace AuthModule.Cli.Commands;

/// <summary>Revokes a token at its server, as Revoke-AuthToken does; or those of a session which a store keeps.</summary>
internal sealed class RevokeCommand : CliCommand
{
    private readonly GivenTokenOptions given;
    private readonly ServiceOptions service;
    private readonly ClientOptions client;
    private readonly StoredPersonOptions person;
    private readonly WantedOptions wanted;
    private readonly TransportOptions transport;

    public RevokeCommand(CliContext context, DiagnosticOptions diagnostics)
        : base("revoke", "Revokes a token at its server.", context, diagnostics)
    {
        given = Use(new GivenTokenOptions());
        service = Use(new ServiceOptions());
        client = Use(new ClientOptions());
        person = Use(new StoredPersonOptions());
        wanted = Use(new WantedOptions());
        transport = Use(new TransportOptions());
        Examples =
        [
            "authmodule revoke --authority id.contoso.com --client-id desktop --token-stdin < refresh-token",
        ];
        Notes = "Ends with 0 only when the server confirmed it; with 3 when the service cannot revoke this token, which then works until it ends.";
    }

    protected override async Task<int> RunAsync(Invocation call, CancellationToken cancellationToken)
    {
        Secret? token = await given.ReadAsync(call, cancellationToken);
        if (token is null && !wanted.HasStore(call))
        {
            throw GivenTokenOptions.Missing("revoke");
        }

        TokenRequest request = wanted.Add(service.Read(call), call) with { Transport = transport.Read(call) };
        request = await person.AddAsync(await client.AddAsync(request, call, cancellationToken), call, cancellationToken);
        var table = new SessionTable();
        AuthEngine engine = call.Context.Engine;
        RevocationResult result = token is not null
            ? await engine.RevokeTokenAsync(table, request, token, call.Log, cancellationToken)
            : await engine.RevokeAsync(table, await engine.OpenAsync(table, request, call.Log, cancellationToken), localOnly: false, call.Log, cancellationToken);
        call.Context.WriteJson(new Dictionary<string, object?>
        {
            ["access_token"] = result.AccessToken,
            ["refresh_token"] = result.RefreshToken,
            ["local_cleared"] = result.LocalCleared,
            ["message"] = result.Message,
        });
        if (result.Failure is { } failure)
        {
            throw failure;
        }

        return result.AccessToken == RevocationOutcome.Unsupported || result.RefreshToken == RevocationOutcome.Unsupported
            ? ExitCode.Refused
            : ExitCode.Done;
    }
}
