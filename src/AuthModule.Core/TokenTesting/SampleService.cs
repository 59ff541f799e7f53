using System;
using System.Collections.Generic;
using System.Linq;
using AuthModule.Http;
using AuthModule.Providers;
using AuthModule.Requests;
using AuthModule.Secrets;

namespace AuthModule.TokenTesting;

/// <summary>A service of a description that nobody speaks to: parameters without a value are called by their names.</summary>
internal static class SampleService
{
    public const string Authority = "https://service.example";
    private const string TokenEndpoint = Authority + "/token";

    public static Service Of(ProviderDescription description)
    {
        var parameters = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (ParameterDescription parameter in description.Parameters.Where(parameter => parameter.Default is not null || parameter.IsRequired || IsNeeded(description, parameter.Name) || IsEndpoint(description, parameter.Name)))
        {
            parameters[parameter.Name] = parameter.Default ?? (IsEndpoint(description, parameter.Name) ? $"{Authority}/{parameter.Name}" : parameter.Name);
        }

        var values = new TemplateValues(description.Name, new SecretScrubber());
        foreach (KeyValuePair<string, string> parameter in parameters)
        {
            values.Set(parameter.Key, parameter.Value);
        }

        values.Set("tokenEndpoint", TokenEndpoint);
        string authority = AddressReader.Normalize(AddressReader.WithoutQuery(description.Authority.Default.Fill(values) ?? Authority), []);
        values.Set("authority", authority);
        authority += description.Authority.Append?.Fill(values, Uri.EscapeDataString);
        return new Service
        {
            Description = description,
            Authority = authority,
            Parameters = parameters,
            TokenEndpoint = description.Endpoints.TryGetValue("token", out TemplateChoice? token) && token.Names.Contains("tokenEndpoint") && token.Templates.Count == 1 ? TokenEndpoint : null,
            Transport = TransportSettings.Default,
        };
    }

    // The whole address of an endpoint.
    private static bool IsEndpoint(ProviderDescription description, string name) =>
        description.Endpoints.Values.SelectMany(choice => choice.Templates).Any(template => template.Source is { } source && (source == $"{{{name}?}}" || source == $"{{{name}}}"));

    // A place without a question mark says that it has to be there.
    private static bool IsNeeded(ProviderDescription description, string name) =>
        description.Grants.Concat(description.Operations).SelectMany(entry => entry.Value.Templates)
            .Concat(description.Endpoints.Values.SelectMany(choice => choice.Templates))
            .Any(template => template.Source.Contains($"{{{name}}}", StringComparison.OrdinalIgnoreCase));
}
