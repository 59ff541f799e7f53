using System.CommandLine;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Cli.Terminal;
using AuthModule.Secrets;

namespace AuthModule.Cli.Arguments;

/// <summary>The header of a request to an endpoint that is to be protected.</summary>
internal sealed class GivenHeaderOptions : OptionGroup
{
    public const string Variable = "AUTHMODULE_AUTHORIZATION_HEADER";

    private readonly Option<bool> fromStdin;

    public GivenHeaderOptions()
        : base("Or a request's header") =>
        fromStdin = Add(NewOption.Flag("--authorization-header-stdin", $"Read 'Bearer ...' from stdin (else {Variable}); status_code and www_authenticate tell what to answer."));

    public Task<Secret?> ReadAsync(Invocation call, CancellationToken cancellationToken) =>
        SecretInput.ReadAsync(call, fromStdin, Variable, cancellationToken);
}
