using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
using AuthModule.Cli.Arguments;
using AuthModule.Cli.Terminal;
using AuthModule.Http;
using AuthModule.Json;
using AuthModule.Platform;
using AuthModule.Requests;
using AuthModule.Sessions;
using AuthModule.Stores;

namespace AuthModule.Cli.Dsc;

/// <summary>One instance of the resource as a configuration describes it: authtoken.schema.json says the same to others.</summary>
internal sealed record DscInstance
{
    private const string DefaultStore = "file";

    // A state that was read may come back as a wish; what it found then is no part of it.
    private static readonly string[] ReadOnly = ["tokenType", "subject", "grantedScope", "expiresOn", "hasRefreshToken", "_inDesiredState"];

    /// <summary>The configuration's own name for it; null where it gives none.</summary>
    public string? Name { get; private init; }

    /// <summary>Whether the store is to hold a good token, or none.</summary>
    public bool Exists { get; private init; } = true;

    public TimeSpan? MinimumLifetime { get; private init; }

    public required TokenRequest Request { get; init; }

    /// <summary>What a token that is there has to be good for.</summary>
    public TokenRequirement Need => new(Exists ? MinimumLifetime : TimeSpan.Zero, Force: false);

    /// <param name="json">From stdin.</param>
    /// <param name="environment">Where a secret may be.</param>
    /// <param name="providers">Takes a description that the instance names by its file.</param>
    /// <exception cref="UsageException">It is none; the message quotes no value.</exception>
    public static DscInstance Read(string json, IEnvironment environment, AuthModule.Providers.ProviderCatalog providers)
    {
        try
        {
            var reader = new LocatedObject(LocatedJson.Parse(Encoding.UTF8.GetBytes(json)));
            DscInstance instance = Read(reader, environment, providers);
            Array.ForEach(ReadOnly, name => reader.Find(name));
            reader.RefuseOthers();
            return instance;
        }
        catch (LocatedJsonException fault)
        {
            throw new UsageException($"The instance on stdin cannot be used: {fault.Message}.");
        }
    }

    private static DscInstance Read(LocatedObject json, IEnvironment environment, AuthModule.Providers.ProviderCatalog providers)
    {
        string store = json.Text("store") ?? environment.Get(RequestDefaults.Prefix + "STORE") ?? DefaultStore;
        if (StoreCatalog.IsMemory(store))
        {
            throw new UsageException("The store 'memory' ends with this process: name one that stays, such as file.");
        }

        string? described = json.Text("providerFile") is { } file ? providers.Register(file).Name : null;
        TransportSettings standard = TransportSettings.Default;
        var request = new TokenRequest
        {
            Provider = json.Text("provider") ?? described,
            Authority = json.Text("authority"),
            TokenEndpoint = json.Text("tokenEndpoint"),
            ClientId = json.Text("clientId"),
            Scopes = WantedOptions.Words([.. json.Texts("scope")]),
            Resources = json.Texts("resource"),
            Parameters = ReadParameters(json),
            Store = store,
            IsNonInteractive = true,
            Client = new ClientCredential { Secret = DscSecret.Read(json, "clientSecret", environment) },
            Input = new GrantInput
            {
                UserName = json.Text("username"),
                Password = DscSecret.Read(json, "password", environment),
                TokenDuration = json.Text("tokenDuration"),
            },
            Transport = standard with
            {
                Timeout = json.Integer("timeoutSec", 1, 3600) is { } seconds ? TimeSpan.FromSeconds(seconds) : standard.Timeout,
                CaCertificate = json.Text("caCertificate"),
                AllowInsecureHttp = json.Flag("allowInsecureHttp"),
            },
        };
        return new DscInstance
        {
            Name = json.Text("name"),
            Exists = !json.Has("_exist") || json.Flag("_exist"),
            MinimumLifetime = ReadTime(json, "minimumLifetime"),
            Request = request with { Provider = RequestDefaults.ProviderOf(request, environment) },
        };
    }

    private static Dictionary<string, string> ReadParameters(LocatedObject json)
    {
        var parameters = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (KeyValuePair<string, LocatedJson> parameter in json.Map("parameter"))
        {
            if (SecretArguments.RefuseField(parameter.Key) is not null)
            {
                throw json.Fault("parameter", $"takes no secret ({parameter.Key}): it would be in plain sight of whoever reads the configuration");
            }

            parameters[parameter.Key] = parameter.Value.Text;
        }

        return parameters;
    }

    private static TimeSpan? ReadTime(LocatedObject json, string name)
    {
        if (json.Text(name) is not { } text)
        {
            return null;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int seconds) ? TimeSpan.FromSeconds(seconds) : Duration.Parse(text, name);
    }
}
