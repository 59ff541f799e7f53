using System.Collections.Generic;
using System.Linq;
using AuthModule.Discovery;
using AuthModule.Providers;
using AuthModule.Requests;
using AuthModule.Telemetry;

namespace AuthModule.Guide;

/// <summary>Asks which service is meant, until one is found: by its address and what it publishes, by a known description, or by its endpoint.</summary>
internal static class ServiceQuestions
{
    private static readonly string[] Kinds =
    [
        "I have its address, and it publishes its endpoints (OpenID Connect, OAuth 2.0)",
        "It is one of the known providers",
        "I have the address of its token endpoint",
    ];

    /// <summary>What was found. The fields are those of the profile.</summary>
    public static FoundService Ask(IGuidedEngine engine, IGuideDialog dialog)
    {
        while (true)
        {
            var fields = new Dictionary<string, object?>();
            switch (dialog.Choose("Which service shall the profile sign in at?", Kinds))
            {
                case 0:
                    fields["authority"] = Required(dialog, "Its address, e.g. id.contoso.com");
                    break;
                case 1:
                    AskProvider(engine, dialog, fields);
                    break;
                default:
                    fields["provider"] = "oauth2";
                    fields["tokenEndpoint"] = Required(dialog, "The address of its token endpoint");
                    break;
            }

            if (Find(engine, dialog, fields) is { } found)
            {
                return found;
            }
        }
    }

    private static void AskProvider(IGuidedEngine engine, IGuideDialog dialog, Dictionary<string, object?> fields)
    {
        AuthProvider[] known = [.. engine.Providers.All.Where(static provider => provider.Description.Grant(GrantNames.Issuer) is null)];
        ProviderDescription description = known[dialog.Choose("Which provider?", [.. known.Select(static provider => $"{provider.Name} - {provider.Title}")])].Description;
        fields["provider"] = description.Name;
        var parameters = new Dictionary<string, object?>();
        foreach (ParameterDescription parameter in description.Parameters.Where(static parameter => parameter is { IsRequired: true, IsSecret: false, Environment.Count: 0 }))
        {
            parameters[parameter.Name] = Required(dialog, $"{parameter.Name}{(parameter.Explanation is { } why ? $" ({why})" : string.Empty)}");
        }

        if (parameters.Count > 0)
        {
            fields["parameter"] = parameters;
        }

        if (description.Authority.Default.Templates.Count == 0)
        {
            fields["authority"] = Required(dialog, "The address of the service");
        }
    }

    private static FoundService? Find(IGuidedEngine engine, IGuideDialog dialog, Dictionary<string, object?> fields)
    {
        try
        {
            TokenRequest request = ProfileGuide.RequestOf(engine.ProfileEditor.Preview("new", fields));
            Service service = engine.Resolve(request).Service;
            ServerMetadata? metadata = dialog.Wait(cancellationToken => engine.Endpoints.MetadataAsync(service, NoLog.Instance, cancellationToken).AsTask());
            dialog.Tell(metadata is null
                ? $"{service.DisplayName} is described, and publishes nothing that would have to be read."
                : $"Found {metadata.Issuer}.");
            return new FoundService(fields, service.Description, metadata);
        }
        catch (AuthException fault) when (fault.Code != AuthErrorId.Canceled)
        {
            dialog.Tell($"{fault.Message} {fault.RecommendedAction}");
            return null;
        }
    }

    private static string Required(IGuideDialog dialog, string question)
    {
        string answer;
        do
        {
            answer = dialog.Ask(question);
        }
        while (answer.Length == 0);
        return answer;
    }
}

/// <summary>A service that a guide has found.</summary>
/// <param name="Fields">What the profile says of it.</param>
/// <param name="Description">Its provider's.</param>
/// <param name="Metadata">What it publishes; null where it publishes nothing.</param>
internal sealed record FoundService(Dictionary<string, object?> Fields, ProviderDescription Description, ServerMetadata? Metadata);
