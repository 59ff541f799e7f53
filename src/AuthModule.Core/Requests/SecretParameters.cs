using System;
using System.Collections.Generic;
using System.Linq;
using AuthModule.Errors;
using AuthModule.Platform;
using AuthModule.Providers;
using AuthModule.Secrets;

namespace AuthModule.Requests;

/// <summary>
/// Tells the secrets of <c>-Parameter</c> from the rest, whichever way they came: by their type, by what the description says of
/// the parameter, or by the name of a field that it does not know.
/// </summary>
internal static class SecretParameters
{
    public static IReadOnlyDictionary<string, Secret> None { get; } = new Dictionary<string, Secret>();

    /// <summary>The request with every secret of its parameters in <see cref="TokenRequest.SecretParameters"/>.</summary>
    /// <exception cref="AuthException">InvalidRequest: a setting given as a secret, or a value that does not fit. InvalidProfile: a secret in the file.</exception>
    public static TokenRequest Sort(TokenRequest request, ProviderDescription description, IEnvironment environment)
    {
        var secrets = Copy(request.SecretParameters);
        var plain = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (KeyValuePair<string, string> parameter in request.Parameters)
        {
            if (secrets.ContainsKey(parameter.Key))
            {
                continue; // The call gives it as a secret; a profile may have a text of the same name.
            }

            if (parameter.Value.Length > 0 && IsSecret(parameter.Key, description))
            {
                secrets[parameter.Key] = Secret.From(parameter.Value);
            }
            else
            {
                plain[parameter.Key] = parameter.Value;
            }
        }

        foreach (ParameterDescription parameter in description.Parameters.Where(static parameter => parameter.IsSecret))
        {
            if (!secrets.ContainsKey(parameter.Name) && !Refers(request, parameter.Name)
                && parameter.Environment.Select(environment.Get).FirstOrDefault(static value => value is not null) is { } value)
            {
                secrets[parameter.Name] = Secret.From(value);
            }
        }

        if (secrets.Count == 0)
        {
            return request;
        }

        Check(secrets, description);
        return request with { Parameters = plain, SecretParameters = secrets };
    }

    /// <summary>The same values and one more, by names without regard to case.</summary>
    public static IReadOnlyDictionary<string, Secret> With(IReadOnlyDictionary<string, Secret> known, string name, Secret secret)
    {
        Dictionary<string, Secret> all = Copy(known);
        all[name] = secret;
        return all;
    }

    /// <summary>Whether a profile says where this one is, so that it is read when it is needed.</summary>
    public static bool Refers(TokenRequest request, string name) =>
        request.References.Any(secret => secret.Place == SecretPlace.Parameter && string.Equals(secret.Parameter, name, StringComparison.OrdinalIgnoreCase));

    /// <summary>What the description says of a parameter that it knows; else what the name says.</summary>
    public static bool IsSecret(string name, ProviderDescription description) => Declared(name, description) is { } declared
        ? declared.IsSecret
        : SecretDetector.IsSecretName(name) && !IsSetting(name, description);

    private static void Check(Dictionary<string, Secret> secrets, ProviderDescription description)
    {
        foreach (KeyValuePair<string, Secret> secret in secrets)
        {
            if (IsSetting(secret.Key, description))
            {
                throw AuthError.Create(
                    AuthErrorId.InvalidRequest,
                    $"-Parameter @{{ {secret.Key} = ... }} is a setting and was given as a secret.",
                    "Give it as a plain text.");
            }

            if (Declared(secret.Key, description) is { Pattern: { } pattern } parameter && !PatternReader.Matches(pattern, secret.Value.Reveal()))
            {
                throw AuthError.Create(
                    AuthErrorId.InvalidRequest,
                    $"-Parameter @{{ {parameter.Name} = {Secret.Mask} }} does not fit what provider '{description.Name}' expects.",
                    $"Give a value that matches {pattern}{(parameter.Explanation is { } why ? $": {why}" : string.Empty)}.");
            }
        }
    }

    private static bool IsSetting(string name, ProviderDescription description) =>
        CommonParameters.All.Concat(EndpointParameter.AllOf(description)).Contains(name, StringComparer.OrdinalIgnoreCase);

    private static ParameterDescription? Declared(string name, ProviderDescription description) =>
        description.Parameters.FirstOrDefault(parameter => string.Equals(parameter.Name, name, StringComparison.OrdinalIgnoreCase));

    private static Dictionary<string, Secret> Copy(IReadOnlyDictionary<string, Secret> secrets)
    {
        var copy = new Dictionary<string, Secret>(StringComparer.OrdinalIgnoreCase);
        foreach (KeyValuePair<string, Secret> secret in secrets)
        {
            copy[secret.Key] = secret.Value;
        }

        return copy;
    }
}
