using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Cli.Arguments;
using AuthModule.Cli.Terminal;
using AuthModule.Errors;
using AuthModule.Requests;
using AuthModule.ServiceChecks;

namespace AuthModule.Cli.Commands;

/// <summary>A service gone through step by step, as Test-AuthService does it.</summary>
internal sealed class DoctorCommand : CliCommand
{
    private readonly ServiceOptions service;
    private readonly ClientOptions client;
    private readonly UserOptions user;
    private readonly WayOptions way;
    private readonly ScopeOptions scopes;
    private readonly DoctorOutputOptions output;
    private readonly TransportOptions transport;
    private readonly LookedAtStoreOptions store;

    public DoctorCommand(CliContext context, DiagnosticOptions diagnostics)
        : base("doctor", "Goes through a service, or a store, step by step and says what is wrong.", context, diagnostics)
    {
        service = Use(new ServiceOptions());
        client = Use(new ClientOptions());
        user = Use(new UserOptions());
        way = Use(new WayOptions());
        scopes = Use(new ScopeOptions());
        output = Use(new DoctorOutputOptions());
        transport = Use(new TransportOptions());
        store = Use(new LookedAtStoreOptions());
        Examples =
        [
            "authmodule doctor --authority id.contoso.com --output text",
            "AUTHMODULE_CLIENT_SECRET=... authmodule doctor --authority id.contoso.com --client-id nightly --scope orders.read",
            "REDIS_PASSWORD=... authmodule doctor --store rediss://cache.contoso.com:6380/0 --output text",
        ];
        Notes = "With credentials it tries to sign in too, and revokes what it got. Nothing in the report is secret. Ends with 0 when every step that ran "
            + "passed, else with the code that the first fault stands for.";
    }

    protected override bool StreamsOutput => true;

    protected override async Task<int> RunAsync(Invocation call, CancellationToken cancellationToken)
    {
        TokenRequest request = scopes.Add(service.Read(call), call) with { Transport = transport.Read(call) };
        request = await client.AddAsync(request, call, cancellationToken);
        request = await way.AddAsync(await user.AddAsync(request, call, cancellationToken), call, cancellationToken);
        var checks = new List<ServiceCheck>();
        if (store.Read(call) is { } place)
        {
            var look = new StoreDiagnosis(call.Context.Engine, place, call.Log);
            await using (look.ConfigureAwait(false))
            {
                while (await look.NextAsync(cancellationToken) is { } check)
                {
                    checks.Add(check);
                    output.Write(call, check);
                }
            }

            if (request.NamesNothing)
            {
                return End(call, checks);
            }
        }

        var diagnosis = new ServiceDiagnosis(call.Context.Engine, request, call.Log);
        while (await diagnosis.NextAsync(cancellationToken) is { } check)
        {
            checks.Add(check);
            output.Write(call, check);
        }

        return End(call, checks);
    }

    private int End(Invocation call, List<ServiceCheck> checks)
    {
        output.WriteEnd(call, checks);
        return checks.FirstOrDefault(static check => check.Passed == false) is { } fault ? CodeOf(fault) : ExitCode.Done;
    }

    // The code with which a call would end by the same fault. Of a test that a token did not pass there is none here.
    private static int CodeOf(ServiceCheck fault) => fault.Name == StepNames.Lifetime
        ? ExitCode.Refused
        : ExitCode.Of(AuthError.Create(fault.Id!, string.Empty)) is var code && code == ExitCode.NotValid ? ExitCode.Unavailable : code;
}
