using System.Collections.Generic;
using System.Text;
using AuthModule.Core.Tests.Support;
using AuthModule.Http;
using AuthModule.Providers;
using AuthModule.Requests;
using AuthModule.Secrets;

namespace AuthModule.Core.Tests.Providers.Language;

/// <summary>An engine that knows one description, written in the test.</summary>
internal static class Described
{
    public const string Name = "probe";

    /// <summary>For replies after which a client would come again.</summary>
    public static TransportSettings Once => TransportSettings.Default with { MaximumRetryCount = 0 };

    public static EngineHost By(string members, System.TimeProvider? clock = null)
    {
        var engine = new EngineHost(clock);
        engine.Engine.Providers.Register(Read(members));
        return engine;
    }

    public static ProviderDescription Read(string members) => DescriptionReader.Read(Encoding.UTF8.GetBytes($$"""{ "name": "{{Name}}", {{members}} }"""), "probe.json");

    public static TokenRequest Person(string authority, string? otp = null) => new()
    {
        Provider = Name,
        Authority = authority,
        IsNonInteractive = true,
        Input = new GrantInput { UserName = "ann", Password = Secret.From("pass & word"), Otp = Secret.FromOptional(otp) },
    };

    public static TokenRequest Client(string authority, string id = "c1", string secret = "s3cret-s3cret") => new()
    {
        Provider = Name,
        Authority = authority,
        ClientId = id,
        Client = new ClientCredential { Secret = Secret.From(secret) },
    };

    public static TokenRequest Key(string authority, string key = "key-1234") => new()
    {
        Provider = Name,
        Authority = authority,
        Input = new GrantInput { ApiKey = Secret.From(key) },
    };

    public static TokenRequest With(this TokenRequest request, params (string Name, string Value)[] parameters)
    {
        var all = new Dictionary<string, string>();
        foreach ((string name, string value) in parameters)
        {
            all[name] = value;
        }

        return request with { Parameters = all };
    }
}
