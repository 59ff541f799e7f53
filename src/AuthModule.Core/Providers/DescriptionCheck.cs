using System;
using System.Collections.Generic;
using System.Linq;
using AuthModule.Json;

namespace AuthModule.Providers;

/// <summary>
/// Holds the parts of a description against one another: what is named somewhere has to be described somewhere, and what is
/// described has to be of use.
/// </summary>
internal static class DescriptionCheck
{
    public static void Check(LocatedObject root, ProviderDescription description)
    {
        if (root.Reading is not { } reading)
        {
            return;
        }

        var names = new DescribedNames(description, [.. reading.Noted<KeepDescription>().Select(kept => kept.Found.Name)]);
        CheckPlaces(reading, names);
        CheckGrants(root, description);
        CheckOperations(root);
        CheckEndpoints(reading, description);
        CheckRules(root, reading, description);
        CheckMethods(root, description);
    }

    // A misspelt place would surface as a missing parameter at the first sign-in, far from its cause.
    private static void CheckPlaces(Reading reading, DescribedNames names)
    {
        foreach ((LocatedJson place, Template template) in reading.Noted<Template>())
        {
            foreach (string name in template.Names.Distinct())
            {
                if (names.FaultOf(name, place.Path) is { } fault)
                {
                    reading.Add(new LocatedJsonException(place.Line, place.Path, $"the place {{{name}}} in '{template}' {fault}"));
                }
            }
        }
    }

    private static void CheckGrants(LocatedObject root, ProviderDescription description)
    {
        IReadOnlyList<string> known = EntryNames.Grants;
        string[] renewing = [.. description.Grants.Select(grant => grant.Value.RenewWith).OfType<string>()];
        foreach ((string name, LocatedJson value) in Members(root, "grants"))
        {
            if (!known.Contains(name) && !renewing.Contains(name))
            {
                root.Report(new LocatedJsonException(value.Line, value.Path, $"is neither a grant of ours{NearName.Hint(name, known)} nor named by a renewWith; there are {string.Join(", ", known)}"));
            }

            OperationDescription? grant = description.Grant(name);
            if (grant?.RenewWith is { } renewWith && description.Grant(renewWith) is null)
            {
                root.Report(new LocatedJsonException(value.Line, $"{value.Path}.renewWith", $"names '{renewWith}'{NearName.Hint(renewWith, description.Grants.Select(other => other.Key))}, which grants does not describe"));
            }

            if (name == EntryNames.ApiKey && grant is { IsRequest: false, Reply: not null })
            {
                root.Report(new LocatedJsonException(value.Line, $"{value.Path}.reply", "has no effect: without endpoint, fields or token the key itself is what goes out"));
            }
        }
    }

    private static void CheckOperations(LocatedObject root)
    {
        foreach ((string name, LocatedJson value) in Members(root, "operations"))
        {
            if (!EntryNames.Operations.Contains(name))
            {
                root.Report(new LocatedJsonException(value.Line, value.Path, $"is not an operation{NearName.Hint(name, EntryNames.Operations)}; there are {string.Join(", ", EntryNames.Operations)}"));
            }
        }
    }

    private static void CheckEndpoints(Reading reading, ProviderDescription description)
    {
        string[] known = [.. description.Endpoints.Keys.Concat(EndpointParameter.Standard).Distinct()];
        foreach ((LocatedJson place, EndpointName endpoint) in reading.Noted<EndpointName>())
        {
            // What the service publishes is known to the service.
            if (!description.UsesDiscovery && !known.Contains(endpoint.Name))
            {
                reading.Add(new LocatedJsonException(place.Line, place.Path, $"'{endpoint.Name}' is not among the endpoints{NearName.Hint(endpoint.Name, known)}; an address begins with {{authority}} or https"));
            }
        }
    }

    private static void CheckRules(LocatedObject root, Reading reading, ProviderDescription description)
    {
        string[] known =
        [
            .. EntryNames.Operations.Concat(EntryNames.Grants)
                .Concat(description.Grants.SelectMany(grant => new[] { grant.Key, grant.Key + ".answer", grant.Key + ".push", grant.Key + ".before", grant.Key + ".after" })),
        ];
        foreach ((LocatedJson place, ErrorRule rule) in reading.Noted<ErrorRule>())
        {
            foreach (string operation in rule.Operations.Where(operation => !known.Contains(operation)))
            {
                root.Report(new LocatedJsonException(place.Line, $"{place.Path}.operation", $"'{operation}' is neither a grant nor an operation{NearName.Hint(operation, known)}"));
            }
        }
    }

    private static void CheckMethods(LocatedObject root, ProviderDescription description)
    {
        IReadOnlyList<string> known = EntryNames.ClientAuthentication;
        foreach (string method in description.ClientAuthentication.Where(method => !known.Contains(method)))
        {
            root.Report("clientAuthentication", $"'{method}'{NearName.Hint(method, known)} is not one of {string.Join(", ", known)}");
        }
    }

    private static IEnumerable<(string Name, LocatedJson Value)> Members(LocatedObject root, string name) =>
        root.Map(name).Where(member => member.Value.Kind != LocatedKind.Null && !member.Key.StartsWith('$')).Select(member => (member.Key, member.Value));
}
