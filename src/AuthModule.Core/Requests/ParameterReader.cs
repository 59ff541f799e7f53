using System;
using System.Collections.Generic;
using System.Linq;
using AuthModule.Errors;
using AuthModule.Providers;

namespace AuthModule.Requests;

/// <summary>Splits <c>-Parameter</c> into what the provider declares, checked and with its defaults, and fields to send besides.</summary>
internal static class ParameterReader
{
    /// <exception cref="ConfigurationException">MissingParameter, InvalidRequest.</exception>
    public static (Dictionary<string, string> Declared, List<KeyValuePair<string, string>> Extra) Split(
        IReadOnlyDictionary<string, string> given,
        ProviderDescription description,
        IEnvironment environment)
    {
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
            string? value = open.GetValueOrDefault(parameter.Name) ?? FromEnvironment(parameter, environment) ?? parameter.Default;
            open.Remove(parameter.Name);
            if (string.IsNullOrEmpty(value))
            {
                if (parameter.IsRequired)
                {
                    throw AuthError.Missing(
                        $"-Parameter @{{ {parameter.Name} = ... }}",
                        $"provider '{description.Name}' needs it{(parameter.Explanation is { } why ? $" ({why})" : string.Empty)}");
                }

                continue;
            }

            // They end up in addresses and headers.
            if (value!.Any(char.IsControl))
            {
                throw AuthError.Create(AuthErrorId.InvalidRequest, $"-Parameter @{{ {parameter.Name} = ... }} holds a control character; nothing was sent.");
            }

            if (parameter.Pattern is { } pattern && !PatternReader.Matches(pattern, value!))
            {
                throw AuthError.Create(
                    AuthErrorId.InvalidRequest,
                    $"-Parameter @{{ {parameter.Name} = '{value}' }} does not fit what provider '{description.Name}' expects.",
                    $"Give a value that matches {pattern}{(parameter.Explanation is { } why ? $": {why}" : string.Empty)}.");
            }

            declared[parameter.Name] = value!;
        }

        return (declared, [.. open]);
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
