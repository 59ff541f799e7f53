using System.CommandLine;
using AuthModule.Cli.Terminal;

namespace AuthModule.Cli.Arguments;

/// <summary>A store that a diagnosis looks at. Not that of the environment: a service is looked at without its store.</summary>
internal sealed class LookedAtStoreOptions : OptionGroup
{
    private readonly Option<string?> store;

    public LookedAtStoreOptions()
        : base("The store") =>
        store = Add(NewOption.Text("--store", "STORE", "A store to look at as well, or alone where no service is named: file:PATH, redis://HOST:PORT/DB."));

    public string? Read(Invocation call) => call.Parsed.GetValue(store);
}
