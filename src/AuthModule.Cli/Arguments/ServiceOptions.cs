using System;
using System.CommandLine;
using System.Linq;
using AuthModule.Cli.Terminal;
using AuthModule.Requests;
using AuthModule.Secrets;

namespace AuthModule.Cli.Arguments;

/// <summary>Which service.</summary>
internal sealed class ServiceOptions : OptionGroup
{
    private readonly Option<string?> authority;
    private readonly Option<string?> provider;
    private readonly Option<string?> profile;
    private readonly Option<string?> providerFile;
    private readonly Option<string?> tokenEndpoint;
    private readonly Option<ILookup<string, string>> parameter;
    private readonly Option<ILookup<string, string>> parameterEnvironment;
    private readonly Option<string?> parameterStdin;

    public ServiceOptions()
        : base("The service")
    {
        authority = Add(NewOption.Text("--authority", "HOST|URL", "Its host name or address (AUTHMODULE_AUTHORITY).", "--auth-url", "--base-url"));
        provider = Add(NewOption.Text("--provider", "NAME", "What kind of service it is: oidc, oauth2, keycloak, ... (AUTHMODULE_PROVIDER; else oidc)."));
        profile = Add(NewOption.Text("--profile", "NAME", "A profile of your profile file (AUTHMODULE_PROFILE); other options come before it."));
        providerFile = Add(NewOption.Text("--provider-file", "PATH", "A provider description of your own (JSON)."));
        tokenEndpoint = Add(NewOption.Text("--token-endpoint", "URL", "Where a service without discovery hands out tokens."));
        parameter = Add(NewOption.Pairs("--parameter", "A parameter of the provider, or a field to send besides.", SecretArguments.RefuseField));
        parameterEnvironment = Add(NewOption.Pairs("--parameter-env", "The same for a secret: VALUE is the environment variable that holds it."));
        parameterStdin = Add(NewOption.Text("--parameter-stdin", "NAME", "The same for a secret that is on stdin."));
    }

    public bool NamesService(Invocation call) =>
        call.Parsed.GetValue(authority) is not null || call.Parsed.GetValue(provider) is not null
        || call.Parsed.GetValue(profile) is not null || call.Parsed.GetValue(providerFile) is not null || call.Parsed.GetValue(tokenEndpoint) is not null
        || call.Parsed.GetValue(parameter)!.Count > 0
        || call.Context.Environment.Get(RequestDefaults.Prefix + "AUTHORITY") is not null
        || call.Context.Environment.Get(RequestDefaults.Prefix + "PROFILE") is not null;

    /// <summary>An option of these was typed.</summary>
    public bool IsGiven(Invocation call) => Options.Any(option => call.Parsed.GetResult(option) is { Implicit: false });

    /// <summary>Something that is of a service, though it names none: then the user means to name one.</summary>
    public bool NamesMore(Invocation call) => IsGiven(call) || call.Context.Environment.Get(RequestDefaults.Prefix + "PROVIDER") is not null;

    /// <summary>Always names a profile or a provider: in a process of its own there is no session that could be meant.</summary>
    public TokenRequest Read(Invocation call)
    {
        ParseResult parsed = call.Parsed;
        string? own = parsed.GetValue(providerFile) is { } path ? call.Context.Engine.Providers.Register(path).Name : null;
        var request = new TokenRequest
        {
            Provider = parsed.GetValue(provider) ?? own,
            Profile = parsed.GetValue(profile),
            Authority = parsed.GetValue(authority),
            TokenEndpoint = parsed.GetValue(tokenEndpoint),
            Parameters = parsed.GetValue(parameter)!.ToDictionary(static pair => pair.Key, static pair => pair.Last(), StringComparer.OrdinalIgnoreCase),
        };
        request = AddSecrets(request, call);
        return RequestDefaults.ProfileOf(request, call.Context.Environment) is { } named
            ? request with { Profile = named }
            : request with { Provider = RequestDefaults.ProviderOf(request, call.Context.Environment) };
    }

    // Arguments can be read by every process of the machine.
    private TokenRequest AddSecrets(TokenRequest request, Invocation call)
    {
        foreach (IGrouping<string, string> pair in call.Parsed.GetValue(parameterEnvironment)!)
        {
            Secret secret = Secret.FromOptional(call.Context.Environment.Get(pair.Last()))
                ?? throw new UsageException($"--parameter-env {pair.Key} names the environment variable {pair.Last()}, which is not set.");
            request = request with { SecretParameters = SecretParameters.With(request.SecretParameters, pair.Key, secret) };
        }

        return call.Parsed.GetValue(parameterStdin) is { } name
            ? request with { SecretParameters = SecretParameters.With(request.SecretParameters, name, SecretInput.Read(call, parameterStdin.Name)) }
            : request;
    }
}
