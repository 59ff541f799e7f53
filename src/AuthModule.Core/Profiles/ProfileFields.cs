using System;
using System.Collections.Generic;
using System.Linq;
using AuthModule.AssertionSources;
using AuthModule.Http;
using AuthModule.Json;
using AuthModule.Operations.ClientAuthentication;
using AuthModule.Profiles.Secrets;
using AuthModule.Providers;
using AuthModule.Requests;

namespace AuthModule.Profiles;

/// <summary>Reads the fields of a profile, or of one way of its chain. A fault is kept, and its field counts as not there. No value is repeated.</summary>
/// <param name="name">The profile's name, for messages.</param>
/// <param name="source">The fields.</param>
/// <param name="file">The file that they are in.</param>
/// <param name="folder">What its paths are relative to.</param>
internal sealed class ProfileFields(string name, LocatedObject source, string file, ProfileFolder folder)
{
    private const string FilePrefix = "file:";

    // As -ClientAuthentication has them; the platform's assertion has a field of its own.
    private static readonly string[] ClientAuthentications = [.. ClientAuthenticationMethods.All.Select(method => method.Name).Where(name => name is not ("None" or "Workload"))];

    private static readonly (string Field, SecretPlace Place)[] SecretFields =
    [
        ("clientSecret", SecretPlace.ClientSecret),
        ("clientKeyPassword", SecretPlace.ClientKeyPassword),
        ("password", SecretPlace.Password),
        ("apiKey", SecretPlace.ApiKey),
    ];

    public ProfileDescription Read() => new()
    {
        Name = name,
        Source = file,
        Description = source.Text("description"),
        Provider = Try(() => Filled("provider")),
        Authority = Try(() => Address("authority")),
        TokenEndpoint = Try(() => Address("tokenEndpoint")),
        ClientId = Try(() => Filled("clientId")),
        ClientKey = Try(() => PathOf("clientKey")),
        ClientAuthentication = Try(() => Word("clientAuthentication", ClientAuthentications)),
        UserName = Try(() => Filled("userName")),
        TokenDuration = Try(DurationText),
        AssertionSource = Try(AssertionSourceText),
        RedirectUri = Try(() => Filled("redirectUri")),
        LoginHint = Try(() => Filled("loginHint")),
        Prompt = Try(() => Filled("prompt")),
        Scopes = [.. source.Texts("scope").SelectMany(scope => scope.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))],
        Resources = source.Texts("resource"),
        Parameters = ReadParameters(),
        Store = Try(StoreText),
        UseDpop = source.Flag("dpop"),
        IsNonInteractive = source.Flag("nonInteractive"),
        Proxy = Try(ReadProxy),
        CaCertificate = Try(() => PathOf("caCertificate")),
        Secrets = [.. ReadSecrets(), .. ReadSecretParameters()],
    };

    private T? Try<T>(Func<T?> read)
        where T : class => source.Reading is { } reading ? reading.Try(read, null) : read();

    private List<ProfileSecret> ReadSecrets()
    {
        var secrets = new List<ProfileSecret>();
        foreach ((string field, SecretPlace place) in SecretFields)
        {
            if (Try(() => SecretReferenceReader.Read(source, field, folder)) is { } reference)
            {
                secrets.Add(new ProfileSecret(name, field, place, reference));
            }
        }

        return secrets;
    }

    private IEnumerable<ProfileSecret> ReadSecretParameters()
    {
        foreach (KeyValuePair<string, LocatedJson> member in source.Map("parameter").Where(static member => member.Value.Kind == LocatedKind.Object))
        {
            if (Try(() => SecretReferenceReader.Read(source.Object("parameter")!, member.Key, folder)) is { } reference)
            {
                yield return new ProfileSecret(name, "parameter." + member.Key, SecretPlace.Parameter, reference) { Parameter = member.Key };
            }
        }
    }

    private Dictionary<string, string> ReadParameters()
    {
        var parameters = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (KeyValuePair<string, LocatedJson> member in source.Map("parameter"))
        {
            if (Try(() => ParameterText(member)) is { } text)
            {
                parameters[member.Key] = text;
            }
        }

        return parameters;
    }

    // Null for a secret, of which only the place is here.
    private static string? ParameterText(KeyValuePair<string, LocatedJson> member)
    {
        LocatedJson value = member.Value;
        if (value.Kind == LocatedKind.Object)
        {
            return null;
        }

        if (SecretDetector.IsSecretName(member.Key))
        {
            throw new LocatedJsonException(value.Line, value.Path, "has the name of a secret, which does not belong into this file; give it with the call, or say where it is: {\"env\":\"NAME\"}");
        }

        return value.Kind switch
        {
            LocatedKind.Text => value.Text,
            LocatedKind.Flag => value.Flag ? "true" : "false",
            LocatedKind.Number => value.Number.ToString(System.Globalization.CultureInfo.InvariantCulture),
            _ => throw new LocatedJsonException(value.Line, value.Path, "has to be a text, a number, true or false, or say where a secret is"),
        };
    }

    private string? Filled(string field) => source.Text(field) is not { } text ? null
        : text.Trim().Length > 0 ? text
        : throw source.Fault(field, "is empty; leave it out");

    private string? PathOf(string field) => Filled(field) is { } text ? folder.PathOf(source, field, text) : null;

    private string? Word(string field, IReadOnlyList<string> words) => Filled(field) is not { } text ? null
        : words.FirstOrDefault(word => string.Equals(word, text, StringComparison.OrdinalIgnoreCase))
            ?? throw source.Fault(field, $"has to be one of {string.Join(", ", words)}");

    private string? Address(string field) => WithoutPassword(field, Filled(field));

    private string? StoreText() => WithoutPassword("store", Filled("store")) is { } store
        ? store.StartsWith(FilePrefix, StringComparison.OrdinalIgnoreCase) && store.Length > FilePrefix.Length ? FilePrefix + folder.PathOf(source, "store", store.Substring(FilePrefix.Length)) : store
        : null;

    private Uri? ReadProxy() => Address("proxy") is not { } text ? null
        : ProxyAddress.TryRead(text, out Uri? address) ? address
        : throw source.Fault("proxy", "has to be an http(s) address");

    private string? WithoutPassword(string field, string? text) => text is not null && text.Contains('@') && !text.StartsWith(FilePrefix, StringComparison.OrdinalIgnoreCase)
        ? throw source.Fault(field, "holds a user name or password, which does not belong into this file")
        : text;

    private string? DurationText()
    {
        try
        {
            string? text = source.Text("tokenDuration");
            return text is null || Duration.Parse(text, string.Empty) > TimeSpan.Zero ? text : null;
        }
        catch (ConfigurationException)
        {
            throw source.Fault("tokenDuration", "has to be a number and one of s, m, h, d, w, y: 30m, 12h, 7d");
        }
    }

    private string? AssertionSourceText()
    {
        if (Filled("assertionSource") is not { } text)
        {
            return null;
        }

        string whole = text.StartsWith(FilePrefix, StringComparison.OrdinalIgnoreCase) && text.Length > FilePrefix.Length
            ? FilePrefix + folder.PathOf(source, "assertionSource", text.Substring(FilePrefix.Length))
            : text;
        try
        {
            _ = AssertionSourceReader.Read(whole);
            return whole;
        }
        catch (AuthException)
        {
            throw source.Fault("assertionSource", "has to be one of file:PATH, kubernetes, github, azure-pipelines");
        }
    }
}
