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
    private readonly ScopeOptions scopes;
    private readonly DoctorOutputOptions output;
    private readonly TransportOptions transport;

    public DoctorCommand(CliContext context, DiagnosticOptions diagnostics)
        : base("doctor", "Goes through a service step by step and says what is wrong.", context, diagnostics)
    {
        service = Use(new ServiceOptions());
        client = Use(new ClientOptions());
        user = Use(new UserOptions());
        scopes = Use(new ScopeOptions());
        output = Use(new DoctorOutputOptions());
        transport = Use(new TransportOptions());
        Examples =
        [
            "authmodule doctor --authority id.contoso.com --output text",
            "AUTHMODULE_CLIENT_SECRET=... authmodule doctor --authority id.contoso.com --client-id nightly --scope orders.read",
        ];
        Notes = "With credentials it tries to sign in too, and revokes what it got. Nothing in the report is secret. Ends with 0 when every step that ran "
            + "passed, else with the code that the first fault stands for.";
    }

    protected override async Task<int> RunAsync(Invocation call, CancellationToken cancellationToken)
    {
        TokenRequest request = scopes.Add(service.Read(call), call) with { Transport = transport.Read(call) };
        request = await client.AddAsync(request, call, cancellationToken);
        request = await user.AddAsync(request, call, cancellationToken);
        var diagnosis = new ServiceDiagnosis(call.Context.Engine, request, call.Log);
        var checks = new List<ServiceCheck>();
        while (await diagnosis.NextAsync(cancellationToken) is { } check)
        {
            checks.Add(check);
            output.Write(call, check);
        }

        output.WriteEnd(call, checks);
        return checks.FirstOrDefault(static check => check.Passed == false) is { } fault ? CodeOf(fault) : ExitCode.Done;
    }

    // The code with which a call would end by the same fault. Of a test that a token did not pass there is none here.
    private static int CodeOf(ServiceCheck fault) => fault.Name == StepNames.Lifetime
        ? ExitCode.Refused
        : ExitCode.Of(AuthError.Create(fault.Id!, string.Empty)) is var code && code == ExitCode.NotValid ? ExitCode.Unavailable : code;
}
