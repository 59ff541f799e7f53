using System.CommandLine;
using AuthModule.Cli.Sessions;
using AuthModule.Cli.Terminal;

namespace AuthModule.Cli.Arguments;

/// <summary>Which store's sessions.</summary>
internal sealed class StoredOptions : OptionGroup
{
    private readonly Option<string?> store;

    public StoredOptions()
        : base("The store") =>
        store = Add(NewOption.Text("--store", "STORE", "Where the sessions are kept (AUTHMODULE_STORE; else file)."));

    public StoredSessions Open(Invocation call) => new(call, call.Parsed.GetValue(store));
}
