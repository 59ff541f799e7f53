using System;
using System.Collections.Generic;
using System.Linq;
using AuthModule.Json;

namespace AuthModule.Providers;

/// <summary>The names that a description's templates may use, and where.</summary>
internal sealed class DescribedNames(ProviderDescription description, IReadOnlyList<string> kept)
{
    private readonly HashSet<string> all = new(
        TemplatePlaces.All.Concat(description.Parameters.Select(parameter => parameter.Name)).Concat(kept), StringComparer.OrdinalIgnoreCase);

    /// <summary>What is wrong with a place where it stands; null when nothing is.</summary>
    /// <param name="name">Of the place.</param>
    /// <param name="path">Of the field in the file.</param>
    public string? FaultOf(string name, string path)
    {
        if (name.StartsWith(TemplateFunction.Jwt, StringComparison.Ordinal))
        {
            return Missing(name.Substring(TemplateFunction.Jwt.Length), description.Assertions.Select(assertion => assertion.Name), "assertions");
        }

        if (name.StartsWith(TemplateFunction.Endpoint, StringComparison.Ordinal))
        {
            return Missing(name.Substring(TemplateFunction.Endpoint.Length), description.Endpoints.Keys, "endpoints");
        }

        if (name.StartsWith(TemplatePlaces.KeyPrefix, StringComparison.OrdinalIgnoreCase))
        {
            return IsServiceOnly(path) ? "tells of a key, which is not known yet where the service itself is named" : null;
        }

        if (!all.Contains(name))
        {
            return $"is neither one of ours nor declared under parameters{NearName.Hint(name, all)}";
        }

        if (IsServiceOnly(path) && !IsOfService(name))
        {
            return "has no value yet where the service itself is named; parameters have";
        }

        bool isParameter = description.Parameters.Any(parameter => string.Equals(parameter.Name, name, StringComparison.OrdinalIgnoreCase));
        string[] way = path.Split('.');
        return !isParameter && way.Length > 1 && (way[0] is "grants" or "operations") && !TemplatePlaces.IsFilledIn(name, OperationOf(path))
            ? "never has a value in this request"
            : null;
    }

    private static string? Missing(string name, IEnumerable<string> known, string where) =>
        known.Contains(name) ? null : $"is not among the {where}{NearName.Hint(name, known)}";

    private bool IsOfService(string name) => name is "authority" or "tokenEndpoint"
        || EndpointParameter.AllOf(description).Contains(name, StringComparer.OrdinalIgnoreCase)
        || description.Parameters.Any(parameter => string.Equals(parameter.Name, name, StringComparison.OrdinalIgnoreCase));

    private static bool IsServiceOnly(string path) => path.StartsWith("authority", StringComparison.Ordinal) || path.StartsWith("issuer", StringComparison.Ordinal);

    // Names of grants hold colons and dots of their own.
    private string OperationOf(string path)
    {
        string rest = path.Substring(path.IndexOf('.') + 1);
        return description.Grants.Concat(description.Operations).Select(operation => operation.Key)
            .Where(name => rest == name || rest.StartsWith(name + ".", StringComparison.Ordinal))
            .OrderByDescending(name => name.Length)
            .FirstOrDefault() ?? string.Empty;
    }
}
