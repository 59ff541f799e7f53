using System;
using System.Collections.Generic;
using System.Linq;
using AuthModule.Errors;
using AuthModule.Json;

namespace AuthModule.Providers;

/// <summary>Reads a provider's JSON description and refuses what it does not understand, with file, line and field.</summary>
internal static class DescriptionReader
{
    // What Testing/DescribedClaimNames looks for.
    private static readonly string[] ClaimNames = ["scope", "groups", "client", "tokenUse"];

    /// <param name="utf8">The file's bytes.</param>
    /// <param name="source">What to call the file in errors.</param>
    /// <exception cref="ConfigurationException">InvalidProvider.</exception>
    public static ProviderDescription Read(byte[] utf8, string source)
    {
        (ProviderDescription? description, IReadOnlyList<string> faults) = TryRead(utf8, source);
        return faults.Count == 0
            ? description!
            : throw AuthError.Create(AuthErrorId.InvalidProvider, $"{source}, {string.Join("; ", faults)}.");
    }

    /// <summary>What could be read, and everything that is wrong with it: line, field and fault of each. No description where it is not even JSON.</summary>
    /// <param name="utf8">The file's bytes.</param>
    /// <param name="source">What to call the file.</param>
    public static (ProviderDescription? Description, IReadOnlyList<string> Faults) TryRead(byte[] utf8, string source)
    {
        var reading = new Reading();
        ProviderDescription? description = reading.Try<ProviderDescription?>(
            () =>
            {
                LocatedJson json = LocatedJson.Parse(utf8);
                SecretDetector.RefuseSecrets(json, reading);
                return Read(new LocatedObject(json, reading), source);
            },
            null);
        return (description, [.. reading.Faults.Select(fault => fault.Message)]);
    }

    private static ProviderDescription Read(LocatedObject root, string source)
    {
        string name = root.RequiredText("name");
        if (!name.All(c => char.IsLetterOrDigit(c) || c is '-' or '_' or '.'))
        {
            root.Report("name", "may hold letters, digits, '-', '_' and '.' only");
        }

        var description = new ProviderDescription
        {
            Name = name,
            Source = source,
            Title = root.Text("title"),
            Documentation = root.Text("documentation"),
            Facts = FactSourceReader.Read(root),
            Authority = ReadAuthority(root),
            Parameters = [.. root.Map("parameters").Where(IsMeant).Select(member => ReadParameter(member, root.Reading))],
            UsesDiscovery = root.Flag("discovery"),
            IsOpenId = root.Has("openid") ? root.Flag("openid") : null,
            Issuer = FieldReader.ReadChoice(root, "issuer"),
            Endpoints = root.Map("endpoints").Where(IsMeant).ToDictionary(member => member.Key, member => FieldReader.ReadChoice(member.Value, root.Reading), StringComparer.Ordinal),
            TrustedHosts = root.Texts("trustedHosts"),
            Grants = OperationDescriptionReader.ReadAll(root, "grants"),
            Operations = OperationDescriptionReader.ReadAll(root, "operations"),
            Reply = root.Object("reply") is { } reply ? ReplyDescriptionReader.Read(reply) : new ReplyDescription(),
            Errors = root.Object("errors") is { } errors ? ErrorRulesReader.Read(errors) : new ErrorDescription(),
            ScopeSeparator = root.Text("scopeSeparator") ?? " ",
            ClientAuthentication = root.Texts("clientAuthentication"),
            RequestHeaders = FieldReader.ReadHeaders(root, "requestHeaders"),
            TokenHeaders = FieldReader.ReadCallHeaders(root, "tokenHeaders"),
            ApiKeyHeaders = FieldReader.ReadCallHeaders(root, "apiKeyHeaders"),
            TokenQuery = FieldReader.ReadQuery(root, "tokenQuery"),
            ApiKeyQuery = FieldReader.ReadQuery(root, "apiKeyQuery"),
            Environment = ReadEnvironment(root),
            Claims = ReadClaims(root),
            TokenDuration = root.Text("tokenDuration"),
            RedirectUri = root.Text("redirectUri"),
            AssertionAudience = FieldReader.ReadTemplate(root, "assertionAudience"),
            ClientAssertionAudience = FieldReader.ReadTemplate(root, "clientAssertionAudience"),
            AllowsLinkLocalHttp = root.Flag("allowLinkLocalHttp"),
            Rate = ReadRate(root),
            Assertions = AssertionReader.ReadAll(root),
            KeepsCookies = root.Flag("cookies"),
            RenewBefore = Seconds(root, "renewBefore"),
            RenewNotBefore = Seconds(root, "renewNotBefore"),
        };
        root.RefuseOthers();
        if (!root.Has("grants") || description.Grants.Count == 0)
        {
            root.Report("grants", "is missing or empty: a provider needs at least one way to get a token");
        }

        DescriptionCheck.Check(root, description);
        return description;
    }

    private static bool IsMeant(KeyValuePair<string, LocatedJson> member) => member.Value.Kind != LocatedKind.Null && !member.Key.StartsWith('$');

    private static TimeSpan? Seconds(LocatedObject root, string name) =>
        root.Integer(name, 1, 366 * 86400) is { } seconds ? TimeSpan.FromSeconds(seconds) : null;

    private static RateDescription? ReadRate(LocatedObject root)
    {
        if (root.Object("rateLimit") is not { } rate)
        {
            return null;
        }

        foreach (string missing in new[] { "requests", "seconds" }.Where(name => !rate.Has(name)))
        {
            rate.Report(missing, "is missing");
        }

        var description = new RateDescription(rate.Integer("requests", 1, 1_000_000) ?? 1, rate.Integer("seconds", 1, 86400) ?? 1);
        rate.RefuseOthers();
        return description;
    }

    private static AuthorityDescription ReadAuthority(LocatedObject root)
    {
        if (root.Object("authority") is not { } authority)
        {
            return new AuthorityDescription();
        }

        var description = new AuthorityDescription
        {
            Default = FieldReader.ReadChoice(authority, "default"),
            StripSuffixes = FieldReader.ReadChoice(authority, "stripSuffixes").Templates,
            Append = FieldReader.ReadTemplate(authority, "append"),
        };
        if (description.Append is { } append && !append.Source.StartsWith('/'))
        {
            authority.Report("append", "does not begin with a slash: it is put behind the address");
        }

        if (description.StripSuffixes.FirstOrDefault(suffix => !suffix.Source.StartsWith('/')) is not null)
        {
            authority.Report("stripSuffixes", "does not begin with a slash: it is taken off the end of a path");
        }

        authority.RefuseOthers();
        return description;
    }

    private static ParameterDescription ReadParameter(KeyValuePair<string, LocatedJson> member, Reading? reading)
    {
        var source = new LocatedObject(member.Value, reading);
        var parameter = new ParameterDescription
        {
            Name = member.Key,
            Default = source.Text("default"),
            IsRequired = source.Flag("required"),
            IsSecret = source.Flag("secret"),
            Pattern = PatternReader.Check(source, "pattern"),
            Environment = source.Texts("environment"),
            Explanation = source.Text("explanation"),
        };
        source.RefuseOthers();
        if (parameter.Default is { Length: > 0 } && (parameter.IsSecret || SecretDetector.IsSecretName(parameter.Name)))
        {
            throw source.Fault("default", "holds a value where a secret belongs; leave it out, and give the secret with the call or by environment");
        }

        return parameter;
    }

    private static Dictionary<string, IReadOnlyList<string>> ReadEnvironment(LocatedObject root)
    {
        var names = new Dictionary<string, IReadOnlyList<string>>(StringComparer.OrdinalIgnoreCase);
        if (root.Object("environment") is { } environment)
        {
            foreach (string field in TemplatePlaces.Settable)
            {
                if (environment.Texts(field) is { Count: > 0 } variables)
                {
                    names[field] = variables;
                }
            }

            environment.RefuseOthers();
        }

        return names;
    }

    private static Dictionary<string, string> ReadClaims(LocatedObject root)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        if (root.Object("claims") is { } claims)
        {
            foreach (string claim in ClaimNames)
            {
                if (claims.Text(claim) is { } name)
                {
                    names[claim] = name;
                }
            }

            claims.RefuseOthers();
        }

        return names;
    }
}
