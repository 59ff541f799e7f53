using System;
using System.Collections.Generic;
using System.Linq;
using AuthModule.Errors;
using AuthModule.Json;
using AuthModule.Platform;
using AuthModule.Providers;

namespace AuthModule.Requests;

/// <summary>Splits <c>-Parameter</c> into what the provider declares, checked and with its defaults, endpoints, and fields to send besides.</summary>
internal static class ParameterReader
{
    /// <param name="request">Its secrets are told apart already.</param>
    /// <param name="description">Which parameters there are.</param>
    /// <param name="environment">What counts where the call does not say.</param>
    /// <exception cref="ConfigurationException">MissingParameter, InvalidRequest.</exception>
    public static (Dictionary<string, string> Declared, List<KeyValuePair<string, string>> Extra) Split(
        TokenRequest request,
        ProviderDescription description,
        IEnvironment environment)
    {
        IReadOnlyDictionary<string, string> given = request.Parameters;
        var declared = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var open = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (KeyValuePair<string, string> parameter in given)
        {
            open[parameter.Key] = parameter.Value;
        }

        foreach (string common in CommonParameters.All)
        {
            open.Remove(common);
        }

        foreach (ParameterDescription parameter in description.Parameters)
        {
            if (request.SecretParameters.ContainsKey(parameter.Name) || SecretParameters.Refers(request, parameter.Name))
            {
                open.Remove(parameter.Name);
                continue;
            }

            string? value = open.GetValueOrDefault(parameter.Name) ?? FromEnvironment(parameter, environment) ?? parameter.Default;
            open.Remove(parameter.Name);
            if (string.IsNullOrEmpty(value))
            {
                if (parameter.IsRequired)
                {
                    throw AuthError.Missing(
                        $"-Parameter @{{ {parameter.Name} = ... }}",
                        $"provider '{description.Name}' needs it{(parameter.Explanation is { } why ? $" ({why})" : string.Empty)}{Misspelt(parameter.Name, open.Keys)}");
                }

                continue;
            }

            RefuseControls(parameter.Name, value!);
            if (parameter.Pattern is { } pattern && !PatternReader.Matches(pattern, value!))
            {
                throw AuthError.Create(
                    AuthErrorId.InvalidRequest,
                    $"-Parameter @{{ {parameter.Name} = '{value}' }} does not fit what provider '{description.Name}' expects.",
                    $"Give a value that matches {pattern}{(parameter.Explanation is { } why ? $": {why}" : string.Empty)}.");
            }

            declared[parameter.Name] = value!;
        }

        foreach (string endpoint in open.Count == 0 ? [] : EndpointParameter.AllOf(description))
        {
            if (open.TryGetValue(endpoint, out string? address) && open.Remove(endpoint) && address.Length > 0)
            {
                RefuseControls(endpoint, address);
                declared[endpoint] = address;
            }
        }

        return (declared, [.. open]);
    }

    // They end up in addresses and headers.
    // What nobody declared is a field to send: a slip of the finger would only be found by the service.
    private static string Misspelt(string name, IEnumerable<string> given) =>
        NearName.Of(name, given) is { } near ? $"; '{near}' was given, which it does not know" : string.Empty;

    private static void RefuseControls(string name, string value)
    {
        if (value.Any(char.IsControl))
        {
            throw AuthError.Create(AuthErrorId.InvalidRequest, $"-Parameter @{{ {name} = ... }} holds a control character; nothing was sent.");
        }
    }

    private static string? FromEnvironment(ParameterDescription parameter, IEnvironment environment)
    {
        foreach (string name in parameter.Environment)
        {
            if (environment.Get(name) is { } value)
            {
                return value;
            }
        }

        return null;
    }
}
