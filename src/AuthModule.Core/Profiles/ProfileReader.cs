using System;
using System.Collections.Generic;
using System.Linq;
using AuthModule.AssertionSources;
using AuthModule.Errors;
using AuthModule.Http;
using AuthModule.Json;
using AuthModule.Operations.ClientAuthentication;
using AuthModule.Platform;
using AuthModule.Profiles.Secrets;
using AuthModule.Providers;
using AuthModule.Requests;

namespace AuthModule.Profiles;

/// <summary>Reads a profile file and refuses what it does not understand, with file, line and field. No value is repeated.</summary>
internal static class ProfileReader
{
    private const string FilePrefix = "file:";

    // As -ClientAuthentication has them; the platform's assertion has a field of its own.
    private static readonly string[] ClientAuthentications = [.. ClientAuthenticationMethods.All.Select(method => method.Name).Where(name => name is not ("None" or "Workload"))];

    /// <param name="utf8">The file's bytes.</param>
    /// <param name="file">The file, for messages and relative paths.</param>
    /// <param name="environment">For the user's folder.</param>
    /// <exception cref="ConfigurationException">InvalidProfile.</exception>
    public static IReadOnlyList<ProfileDescription> Read(byte[] utf8, string file, IEnvironment environment)
    {
        try
        {
            var root = new LocatedObject(LocatedJson.Parse(utf8));
            var folder = new ProfileFolder(file, environment);
            List<ProfileDescription> profiles = [.. root.Map("profiles").Select(member => Read(member.Key, member.Value, file, folder))];
            if (!root.Has("profiles"))
            {
                throw root.Fault("profiles", "is missing");
            }

            root.RefuseOthers();
            RefuseTwins(root, profiles);
            return profiles;
        }
        catch (LocatedJsonException fault)
        {
            throw AuthError.Create(AuthErrorId.InvalidProfile, $"{file}, {fault.Message}.");
        }
    }

    private static ProfileDescription Read(string name, LocatedJson value, string file, ProfileFolder folder)
    {
        var source = new LocatedObject(value);
        if (name.Trim().Length == 0 || name.Any(char.IsControl))
        {
            throw new LocatedJsonException(value.Line, "profiles", "holds a profile without a name that can be written");
        }

        var profile = new ProfileDescription
        {
            Name = name,
            Source = file,
            Description = source.Text("description"),
            Provider = Filled(source, "provider"),
            Authority = Address(source, "authority"),
            TokenEndpoint = Address(source, "tokenEndpoint"),
            ClientId = Filled(source, "clientId"),
            ClientKey = PathOf(source, "clientKey", folder),
            ClientAuthentication = Word(source, "clientAuthentication", ClientAuthentications),
            UserName = Filled(source, "userName"),
            TokenDuration = DurationOf(source),
            AssertionSource = AssertionSourceOf(source, folder),
            RedirectUri = Filled(source, "redirectUri"),
            LoginHint = Filled(source, "loginHint"),
            Prompt = Filled(source, "prompt"),
            Scopes = [.. source.Texts("scope").SelectMany(scope => scope.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))],
            Resources = source.Texts("resource"),
            Parameters = ReadParameters(source),
            Store = StoreOf(source, folder),
            UseDpop = source.Flag("dpop"),
            IsNonInteractive = source.Flag("nonInteractive"),
            Proxy = ReadProxy(source),
            CaCertificate = PathOf(source, "caCertificate", folder),
            Secrets = [.. ReadSecrets(name, source, folder), .. ReadSecretParameters(name, source, folder)],
        };
        profile = profile with { Grant = ProfileSignIn.Of(source, profile) };
        source.RefuseOthers();
        return profile;
    }

    private static List<ProfileSecret> ReadSecrets(string name, LocatedObject source, ProfileFolder folder)
    {
        var secrets = new List<ProfileSecret>();
        foreach ((string field, SecretPlace place) in new[] { ("clientSecret", SecretPlace.ClientSecret), ("clientKeyPassword", SecretPlace.ClientKeyPassword), ("password", SecretPlace.Password), ("apiKey", SecretPlace.ApiKey) })
        {
            if (SecretReferenceReader.Read(source, field, folder) is { } reference)
            {
                secrets.Add(new ProfileSecret(name, field, place, reference));
            }
        }

        return secrets;
    }

    private static IEnumerable<ProfileSecret> ReadSecretParameters(string name, LocatedObject source, ProfileFolder folder)
    {
        foreach (KeyValuePair<string, LocatedJson> member in source.Map("parameter").Where(static member => member.Value.Kind == LocatedKind.Object))
        {
            ISecretReference reference = SecretReferenceReader.Read(source.Object("parameter")!, member.Key, folder)!;
            yield return new ProfileSecret(name, "parameter." + member.Key, SecretPlace.Parameter, reference) { Parameter = member.Key };
        }
    }

    private static Dictionary<string, string> ReadParameters(LocatedObject source)
    {
        var parameters = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (KeyValuePair<string, LocatedJson> member in source.Map("parameter"))
        {
            LocatedJson value = member.Value;
            if (value.Kind == LocatedKind.Object)
            {
                continue; // A secret, of which only the place is here.
            }

            if (SecretDetector.IsSecretName(member.Key))
            {
                throw new LocatedJsonException(value.Line, value.Path, "has the name of a secret, which does not belong into this file; give it with the call, or say where it is: {\"env\":\"NAME\"}");
            }

            parameters[member.Key] = value.Kind switch
            {
                LocatedKind.Text => value.Text,
                LocatedKind.Flag => value.Flag ? "true" : "false",
                LocatedKind.Number => value.Number.ToString(System.Globalization.CultureInfo.InvariantCulture),
                _ => throw new LocatedJsonException(value.Line, value.Path, "has to be a text, a number, true or false, or say where a secret is"),
            };
        }

        return parameters;
    }

    private static string? Filled(LocatedObject source, string field) => source.Text(field) is not { } text ? null
        : text.Trim().Length > 0 ? text
        : throw source.Fault(field, "is empty; leave it out");

    private static string? PathOf(LocatedObject source, string field, ProfileFolder folder) =>
        Filled(source, field) is { } text ? folder.PathOf(source, field, text) : null;

    private static string? Word(LocatedObject source, string field, IReadOnlyList<string> words) => Filled(source, field) is not { } text ? null
        : words.FirstOrDefault(word => string.Equals(word, text, StringComparison.OrdinalIgnoreCase))
            ?? throw source.Fault(field, $"has to be one of {string.Join(", ", words)}");

    private static string? Address(LocatedObject source, string field) => WithoutPassword(source, field, Filled(source, field));

    private static string? StoreOf(LocatedObject source, ProfileFolder folder) => WithoutPassword(source, "store", Filled(source, "store")) is { } store
        ? store.StartsWith(FilePrefix, StringComparison.OrdinalIgnoreCase) && store.Length > FilePrefix.Length ? FilePrefix + folder.PathOf(source, "store", store.Substring(FilePrefix.Length)) : store
        : null;

    private static Uri? ReadProxy(LocatedObject source) => Address(source, "proxy") is not { } text ? null
        : ProxyAddress.TryRead(text, out Uri? address) ? address
        : throw source.Fault("proxy", "has to be an http(s) address");

    private static string? WithoutPassword(LocatedObject source, string field, string? text) => text is not null && text.Contains('@') && !text.StartsWith(FilePrefix, StringComparison.OrdinalIgnoreCase)
        ? throw source.Fault(field, "holds a user name or password, which does not belong into this file")
        : text;

    private static string? DurationOf(LocatedObject source)
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

    private static string? AssertionSourceOf(LocatedObject source, ProfileFolder folder)
    {
        if (Filled(source, "assertionSource") is not { } text)
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

    // -Profile does not tell upper from lower case.
    private static void RefuseTwins(LocatedObject root, List<ProfileDescription> profiles)
    {
        if (profiles.GroupBy(profile => profile.Name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(same => same.Count() > 1) is { } twins)
        {
            throw root.Fault("profiles", $"holds profile '{twins.Key}' twice");
        }
    }
}
