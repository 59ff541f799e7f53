using System;
using System.CommandLine;
using System.Linq;
using AuthModule.Cli.Terminal;
using AuthModule.Requests;

namespace AuthModule.Cli.Arguments;

/// <summary>What to ask the service for, and where to keep it.</summary>
internal sealed class WantedOptions : OptionGroup
{
    private readonly Option<string[]> scope;
    private readonly Option<string[]> resource;
    private readonly Option<string?> store;

    public WantedOptions()
        : base("Scope and store")
    {
        scope = Add(NewOption.Texts("--scope", "SCOPE", "What it should allow (AUTHMODULE_SCOPE)."));
        resource = Add(NewOption.Texts("--resource", "URI", "The API that it is for (RFC 8707)."));
        store = Add(NewOption.Text("--store", "STORE", "Where it is kept between calls (AUTHMODULE_STORE; else memory, for this process only)."));
    }

    public bool HasStore(Invocation call) =>
        (call.Parsed.GetValue(store) ?? call.Context.Environment.Get(RequestDefaults.Prefix + "STORE")) is not (null or "memory");

    /// <summary>As it was typed; null where it was not.</summary>
    public string? Store(Invocation call) => call.Parsed.GetValue(store);

    public TokenRequest Add(TokenRequest request, Invocation call) => request with
    {
        Scopes = Words(call.Parsed.GetValue(scope)),
        Resources = call.Parsed.GetValue(resource) ?? [],
        Store = call.Parsed.GetValue(store),
    };

    /// <summary>Several in one argument are several as well.</summary>
    internal static string[] Words(string[]? texts) =>
        [.. (texts ?? []).SelectMany(static text => text.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries))];
}
