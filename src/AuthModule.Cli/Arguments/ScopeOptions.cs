using System.CommandLine;
using AuthModule.Cli.Terminal;
using AuthModule.Requests;

namespace AuthModule.Cli.Arguments;

/// <summary>What a trial asks for; it keeps nothing, so there is no store.</summary>
internal sealed class ScopeOptions : OptionGroup
{
    private readonly Option<string[]> scope;
    private readonly Option<string[]> resource;

    public ScopeOptions()
        : base("Scope")
    {
        scope = Add(NewOption.Texts("--scope", "SCOPE", "What the token should allow (AUTHMODULE_SCOPE)."));
        resource = Add(NewOption.Texts("--resource", "URI", "The API that it is for (RFC 8707)."));
    }

    public TokenRequest Add(TokenRequest request, Invocation call) => request with
    {
        Scopes = WantedOptions.Words(call.Parsed.GetValue(scope)),
        Resources = call.Parsed.GetValue(resource) ?? [],
    };
}
