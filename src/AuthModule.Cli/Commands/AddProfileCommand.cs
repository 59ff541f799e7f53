using System.CommandLine;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Cli.Arguments;
using AuthModule.Cli.Terminal;
using AuthModule.Guide;
using AuthModule.Profiles.Editing;

namespace AuthModule.Cli.Commands;

/// <summary>Writes a new profile, from options or by questions.</summary>
internal sealed class AddProfileCommand : CliCommand
{
    private readonly Argument<string?> name = Optional("The profile's name; --guided asks for it.");
    private readonly ProfileFieldOptions fields;
    private readonly HowOptions how;

    public AddProfileCommand(CliContext context, DiagnosticOptions diagnostics)
        : base("add", "Writes a new profile into your profile file.", context, diagnostics)
    {
        Add(name);
        how = Use(new HowOptions());
        fields = Use(new ProfileFieldOptions());
        Examples =
        [
            "authmodule profiles add nightly --authority id.contoso.com --client-id nightly --client-secret-from env:NIGHTLY_SECRET",
            "authmodule profiles add --guided",
        ];
        Notes = "A profile holds no secret, only where each one is. What was in the file stays as it is.";
    }

    protected override Task<int> RunAsync(Invocation call, CancellationToken cancellationToken)
    {
        ProfileEditor editor = call.Context.Engine.ProfileEditor;
        string? named = call.Parsed.GetValue(name);
        bool replaces = call.Parsed.GetValue(how.Force);
        AuthModule.Profiles.ProfileDescription? written = call.Parsed.GetValue(how.Guided)
            ? new ProfileGuide(call.Context.Engine, new TerminalDialog(call.Context, cancellationToken), call.Log).Run(named, replaces)
            : editor.Add(named ?? throw new UsageException("Name the profile, or let --guided ask for it."), fields.Read(call), replaces);
        if (written is null)
        {
            call.Context.Error.WriteLine("Nothing was written.");
            return Task.FromResult(ExitCode.Usage);
        }

        call.Context.WriteJson(ProfileJson.Of(new AuthProfile(written)));
        return Task.FromResult(ExitCode.Done);
    }

    private static Argument<string?> Optional(string help) => new("name") { Description = help, Arity = ArgumentArity.ZeroOrOne };

    private sealed class HowOptions : OptionGroup
    {
        public HowOptions()
            : base("How it is made")
        {
            Guided = Add(NewOption.Flag("--guided", "Asks for the values, finds out what the service offers, tests, and writes."));
            Force = Add(NewOption.Flag("--force", "Replaces a profile of that name."));
        }

        public Option<bool> Guided { get; }

        public Option<bool> Force { get; }
    }
}
