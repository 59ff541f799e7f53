using System.CommandLine;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Cli.Terminal;
using AuthModule.Secrets;

namespace AuthModule.Cli.Arguments;

/// <summary>A token from elsewhere.</summary>
internal sealed class GivenTokenOptions : OptionGroup
{
    public const string Variable = "AUTHMODULE_TOKEN";

    private readonly Option<bool> fromStdin;

    public GivenTokenOptions()
        : base("The token") =>
        fromStdin = Add(NewOption.Flag("--token-stdin", $"Read it from stdin (else {Variable})."));

    public Task<Secret?> ReadAsync(Invocation call, CancellationToken cancellationToken) =>
        SecretInput.ReadAsync(call, fromStdin, Variable, cancellationToken);

    public static UsageException Missing(string purpose) =>
        new($"There is no token to {purpose}: set {Variable}, or pass it on stdin with --token-stdin.");
}
