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
        try
        {
            LocatedJson json = LocatedJson.Parse(utf8);
            SecretDetector.RefuseSecrets(json);
            return Read(new LocatedObject(json), source);
        }
        catch (LocatedJsonException fault)
        {
            throw AuthError.Create(AuthErrorId.InvalidProvider, $"{source}, {fault.Message}.");
        }
    }

    private static ProviderDescription Read(LocatedObject root, string source)
    {
        string name = root.RequiredText("name");
        if (!name.All(c => char.IsLetterOrDigit(c) || c is '-' or '_' or '.'))
        {
            throw root.Fault("name", "may hold letters, digits, '-', '_' and '.' only");
        }

        var description = new ProviderDescription
        {
            Name = name,
            Source = source,
            Title = root.Text("title"),
            Documentation = root.Text("documentation"),
            Authority = ReadAuthority(root),
            Parameters = [.. root.Map("parameters").Select(ReadParameter)],
            UsesDiscovery = root.Flag("discovery"),
            Issuer = OperationDescriptionReader.ReadChoice(root.Find("issuer")),
            Endpoints = root.Map("endpoints").ToDictionary(member => member.Key, member => OperationDescriptionReader.ReadChoice(member.Value), StringComparer.Ordinal),
            TrustedHosts = root.Texts("trustedHosts"),
            Grants = OperationDescriptionReader.ReadAll(root, "grants"),
            Operations = OperationDescriptionReader.ReadAll(root, "operations"),
            Reply = root.Object("reply") is { } reply ? ReplyDescriptionReader.Read(reply) : new ReplyDescription(),
            Errors = root.Object("errors") is { } errors ? ErrorRulesReader.Read(errors) : new ErrorDescription(),
            ScopeSeparator = root.Text("scopeSeparator") ?? " ",
            ClientAuthentication = root.Texts("clientAuthentication"),
            RequestHeaders = OperationDescriptionReader.ReadFields(root, "requestHeaders") ?? [],
            TokenHeaders = OperationDescriptionReader.ReadFields(root, "tokenHeaders"),
            ApiKeyHeaders = OperationDescriptionReader.ReadFields(root, "apiKeyHeaders"),
            Environment = ReadEnvironment(root),
            Claims = ReadClaims(root),
            TokenDuration = root.Text("tokenDuration"),
            RedirectUri = root.Text("redirectUri"),
            AssertionAudience = OperationDescriptionReader.ReadTemplate(root, "assertionAudience"),
            ClientAssertionAudience = OperationDescriptionReader.ReadTemplate(root, "clientAssertionAudience"),
            AllowsLinkLocalHttp = root.Flag("allowLinkLocalHttp"),
            Rate = ReadRate(root),
        };
        root.RefuseOthers();
        if (description.Grants.Count == 0)
        {
            throw root.Fault("grants", "is missing or empty: a provider needs at least one way to get a token");
        }

        RefuseUnknownPlaces(root, description);
        return description;
    }

    private static RateDescription? ReadRate(LocatedObject root)
    {
        if (root.Object("rateLimit") is not { } rate)
        {
            return null;
        }

        var description = new RateDescription(
            rate.Integer("requests", 1, 1_000_000) ?? throw rate.Fault("requests", "is missing"),
            rate.Integer("seconds", 1, 86400) ?? throw rate.Fault("seconds", "is missing"));
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
            Default = OperationDescriptionReader.ReadChoice(authority.Find("default")),
            StripSuffixes = OperationDescriptionReader.ReadChoice(authority.Find("stripSuffixes")).Templates,
            Append = OperationDescriptionReader.ReadTemplate(authority, "append"),
        };
        authority.RefuseOthers();
        return description;
    }

    private static ParameterDescription ReadParameter(KeyValuePair<string, LocatedJson> member)
    {
        var source = new LocatedObject(member.Value);
        var parameter = new ParameterDescription
        {
            Name = member.Key,
            Default = source.Text("default"),
            IsRequired = source.Flag("required"),
            Pattern = PatternReader.Check(source, "pattern"),
            Environment = source.Texts("environment"),
            Explanation = source.Text("explanation"),
        };
        source.RefuseOthers();
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

    // A misspelt place would surface as a missing parameter at the first sign-in, far from its cause.
    private static void RefuseUnknownPlaces(LocatedObject root, ProviderDescription description)
    {
        var known = new HashSet<string>(description.Parameters.Select(parameter => parameter.Name), StringComparer.OrdinalIgnoreCase);
        known.UnionWith(TemplatePlaces.All);
        IEnumerable<(string Field, Template Template)> templates = description.Endpoints.SelectMany(endpoint => endpoint.Value.Templates.Select(template => ("endpoints", template)))
            .Concat(description.Issuer.Templates.Select(template => ("issuer", template)))
            .Concat(description.Authority.StripSuffixes.Select(template => ("authority", template)))
            .Concat(description.Authority.Default.Templates.Select(template => ("authority", template)))
            .Concat(description.Grants.SelectMany(grant => OperationDescriptionReader.Templates(grant.Value).Select(template => ("grants", template))))
            .Concat(description.Operations.SelectMany(operation => OperationDescriptionReader.Templates(operation.Value).Select(template => ("operations", template))));
        foreach ((string field, Template template) in templates)
        {
            foreach (string place in template.Names)
            {
                if (!known.Contains(place))
                {
                    throw root.Fault(field, $"the place {{{place}}} in '{template}' is neither one of ours nor declared under parameters");
                }
            }
        }
    }
}
