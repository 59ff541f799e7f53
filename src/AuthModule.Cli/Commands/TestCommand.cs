using System.Threading;
using System.Threading.Tasks;
using AuthModule.Cli.Arguments;
using AuthModule.Cli.Terminal;
using AuthModule.Requests;
using AuthModule.Secrets;
using AuthModule.Sessions;
using AuthModule.TokenTesting;

namespace AuthModule.Cli.Commands;

/// <summary>Whether a token is good, as Test-AuthToken says it.</summary>
internal sealed class TestCommand : CliCommand
{
    private readonly GivenTokenOptions given;
    private readonly GivenHeaderOptions header;
    private readonly ServiceOptions service;
    private readonly RuleOptions rules;
    private readonly TestOutputOptions output;
    private readonly TransportOptions transport;

    public TestCommand(CliContext context, DiagnosticOptions diagnostics)
        : base("test", "Tests a token: signature, issuer, times, audience, and the rules that are given.", context, diagnostics)
    {
        given = Use(new GivenTokenOptions());
        header = Use(new GivenHeaderOptions());
        service = Use(new ServiceOptions());
        rules = Use(new RuleOptions());
        output = Use(new TestOutputOptions());
        transport = Use(new TransportOptions());
        Examples =
        [
            "authmodule test --authority id.contoso.com --audience orders --required-scope orders.read --token-stdin < token",
        ];
        Notes = "Ends with 0 when the token is valid, with 5 when it is not; any other number means that there is no answer.";
    }

    protected override async Task<int> RunAsync(Invocation call, CancellationToken cancellationToken)
    {
        Secret? sent = await header.ReadAsync(call, cancellationToken);
        Secret? token = await given.ReadAsync(call, cancellationToken);
        if (sent is null && token is null)
        {
            throw GivenTokenOptions.Missing("test");
        }

        bool needsService = service.NamesService(call) || (!rules.IsOffline(call) && rules.Jwks(call) is null);
        TokenRequest named = needsService ? service.Read(call) : new TokenRequest();
        PreparedTest test = call.Context.Engine.Tester.PrepareTest(new SessionTable(), new TokenTestRequest
        {
            Service = named with { Transport = transport.Read(call) },
            Jwks = rules.Jwks(call),
            Introspect = rules.Introspects(call),
            IntrospectingClient = rules.Asker(call),
            Rules = rules.Read(call),
        });
        TokenTestResult result = sent is not null
            ? await test.TestHeaderAsync(sent.Reveal(), call.Log, cancellationToken)
            : await test.TestAsync(token!.Reveal(), call.Log, cancellationToken);
        output.Write(call, result);
        return result.IsValid ? ExitCode.Done : ExitCode.NotValid;
    }
}
