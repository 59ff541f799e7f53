using System.Collections.Generic;
using System.CommandLine;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Cli.Arguments;
using AuthModule.Cli.Output;
using AuthModule.Cli.Terminal;
using AuthModule.Profiles.Editing;

namespace AuthModule.Cli.Commands;

/// <summary>Changes a profile; what is not named stays as it is.</summary>
internal sealed class SetProfileCommand : CliCommand
{
    private readonly Argument<string> name = new("name") { Description = "The profile's name." };
    private readonly ProfileFieldOptions fields;
    private readonly ClearOptions clear;

    public SetProfileCommand(CliContext context, DiagnosticOptions diagnostics)
        : base("set", "Changes a profile of your profile file.", context, diagnostics)
    {
        Add(name);
        fields = Use(new ProfileFieldOptions());
        clear = Use(new ClearOptions());
        Examples = ["authmodule profiles set nightly --scope orders.read --clear store"];
    }

    protected override Task<int> RunAsync(Invocation call, CancellationToken cancellationToken)
    {
        Dictionary<string, object?> changes = fields.Read(call);
        foreach (string typed in call.Parsed.GetValue(clear.Clear)!)
        {
            ProfileField field = ProfileFieldOptions.Find(typed)
                ?? throw new UsageException($"--clear takes the name of a field.{Nearest.Question(typed, ProfileField.All.Select(static known => known.Name))}");
            changes[field.Name] = null;
        }

        if (changes.Count == 0)
        {
            throw new UsageException("Say what is to change: a field, or --clear.");
        }

        call.Context.WriteJson(ProfileJson.Of(new AuthProfile(call.Context.Engine.ProfileEditor.Change(call.Parsed.GetRequiredValue(name), changes))));
        return Task.FromResult(ExitCode.Done);
    }

    private sealed class ClearOptions : OptionGroup
    {
        public ClearOptions()
            : base("What is taken away") =>
            Clear = Add(NewOption.Texts("--clear", "FIELD", "A field that is taken away."));

        public Option<string[]> Clear { get; }
    }
}
