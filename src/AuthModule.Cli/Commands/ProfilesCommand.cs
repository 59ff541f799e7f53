using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Cli.Arguments;
using AuthModule.Cli.Output;
using AuthModule.Cli.Terminal;
using AuthModule.Profiles;

namespace AuthModule.Cli.Commands;

/// <summary>The profiles of the user's file, as Get-AuthProfile lists them.</summary>
internal sealed class ProfilesCommand : CliCommand
{
    private readonly FormOptions form;

    public ProfilesCommand(CliContext context, DiagnosticOptions diagnostics)
        : base("profiles", "Lists the profiles that --profile takes.", context, diagnostics)
    {
        form = Use(new FormOptions());
        Add(new AddProfileCommand(context, diagnostics));
        Add(new SetProfileCommand(context, diagnostics));
        Add(new RemoveProfileCommand(context, diagnostics));
        Examples = ["authmodule profiles", "AUTHMODULE_CONFIG=./profiles.json authmodule profiles --json"];
        Notes = "Secrets are shown as where they are, never what they are. docs/profiles.md shows how a profile is written.";
    }

    protected override Task<int> RunAsync(Invocation call, CancellationToken cancellationToken)
    {
        ProfileFile file = call.Context.Engine.Profiles.Read();
        AuthProfile[] profiles = [.. file.Profiles.OrderBy(static profile => profile.Name, StringComparer.OrdinalIgnoreCase).Select(static profile => new AuthProfile(profile))];
        string[] faults = [.. file.Faults.Concat(file.Entries.Where(static entry => entry.Fault is not null).Select(static entry => entry.Fault!)).Select(static fault => fault.Message)];
        if (!form.IsText(call))
        {
            call.Context.WriteJson(new Dictionary<string, object?> { ["file"] = ProfilePlace.Of(call.Context.Environment), ["profiles"] = profiles.Select(ProfileJson.Of).ToArray(), ["faults"] = faults });
        }
        else if (profiles.Length == 0 && faults.Length == 0)
        {
            call.Context.Output.WriteLine($"There are no profiles in {Cells.Plain(ProfilePlace.Of(call.Context.Environment) ?? "any file")}.");
        }
        else
        {
            var table = new TextTable(call.Context, "Name", "Provider", "Service", "Client", "Signs in by", "Description");
            foreach (AuthProfile profile in profiles)
            {
                table.Add(null, profile.Name, profile.Provider, profile.Authority, profile.ClientId, profile.Chain.Count > 0 ? "chain" : profile.Grant, profile.Description);
            }

            table.Write();
        }

        foreach (string fault in faults)
        {
            call.Context.Error.WriteLine(CommandLineWording.Of(fault));
        }

        return Task.FromResult(ExitCode.Done);
    }
}
