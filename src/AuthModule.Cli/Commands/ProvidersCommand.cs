using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Cli.Arguments;
using AuthModule.Cli.Output;
using AuthModule.Cli.Terminal;

namespace AuthModule.Cli.Commands;

/// <summary>The kinds of service that --provider takes, as Get-AuthProvider lists them.</summary>
internal sealed class ProvidersCommand : CliCommand
{
    private readonly FormOptions form;

    public ProvidersCommand(CliContext context, DiagnosticOptions diagnostics)
        : base("providers", "Lists the kinds of service that --provider takes.", context, diagnostics)
    {
        form = Use(new FormOptions());
        Examples = ["authmodule providers", "authmodule providers --json"];
        Notes = "A service that is not there is described in a file of your own: --provider-file. docs/providers.md shows how.";
    }

    protected override Task<int> RunAsync(Invocation call, CancellationToken cancellationToken)
    {
        AuthProvider[] providers = [.. call.Context.Engine.Providers.All.OrderBy(static provider => provider.Name, System.StringComparer.Ordinal)];
        if (form.IsText(call))
        {
            var table = new TextTable(call.Context, "Name", "Title", "Ways to sign in", "Parameters");
            foreach (AuthProvider provider in providers)
            {
                table.Add(null, provider.Name, provider.Title, string.Join(", ", provider.Grants.Select(static grant => grant[(grant.LastIndexOf(':') + 1)..])), string.Join(", ", provider.Parameters));
            }

            table.Write();
        }
        else
        {
            call.Context.WriteJson(new Dictionary<string, object?> { ["providers"] = providers.Select(Json).ToArray() });
        }

        return Task.FromResult(ExitCode.Done);
    }

    private static Dictionary<string, object?> Json(AuthProvider provider) => new()
    {
        ["name"] = provider.Name,
        ["title"] = provider.Title,
        ["is_built_in"] = provider.IsBuiltIn,
        ["uses_discovery"] = provider.UsesDiscovery,
        ["grants"] = provider.Grants,
        ["parameters"] = provider.Parameters,
        ["documentation"] = provider.Documentation,
    };
}
