using System.CommandLine;
using AuthModule.Cli.Helpers;
using AuthModule.Cli.Terminal;

namespace AuthModule.Cli.Arguments;

/// <summary>What a credential helper needs to know besides the token.</summary>
internal sealed class HelperOptions : OptionGroup
{
    private readonly Option<string[]> hosts;
    private readonly Option<string?> userName;
    private readonly Option<string?> operation;

    public HelperOptions()
        : base("With --output git or docker")
    {
        hosts = Add(NewOption.Texts("--for", "HOST", "A host that gets the token; no other one does (the service's own)."));
        userName = Add(NewOption.Text("--helper-username", "NAME", "The user name that goes with the token (oauth2)."));
        operation = Add(HelperOperation.NewOption());
    }

    /// <summary>What git or Docker put behind the command line; 'get' where they put nothing.</summary>
    public string Operation(Invocation call) => call.Parsed.GetValue(operation) ?? HelperOperation.Get;

    public string UserName(Invocation call) => call.Parsed.GetValue(userName) ?? "oauth2";

    public ServedHosts Hosts(Invocation call, AuthSession session) =>
        new(call.Parsed.GetValue(hosts) ?? [], session.Authority, session.Service.Transport.AllowInsecureHttp);
}
