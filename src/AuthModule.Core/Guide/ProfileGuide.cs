using System;
using System.Collections.Generic;
using System.Linq;
using AuthModule.Errors;
using AuthModule.Profiles;
using AuthModule.Profiles.Editing;
using AuthModule.Requests;
using AuthModule.ServiceChecks;
using AuthModule.Telemetry;
using AuthModule.Text;

namespace AuthModule.Guide;

/// <summary>Makes a profile by questions: finds out what the service offers, asks only what is left, tests it, and writes it. Never asks for a secret.</summary>
internal sealed class ProfileGuide(IGuidedEngine engine, IGuideDialog dialog, ICallLog log)
{
    // A list that long is not read.
    private const int MostScopesTold = 20;

    /// <param name="named">The profile's name; null asks for it.</param>
    /// <param name="replaces">Whether one of that name is replaced without a question.</param>
    /// <returns>The profile that was written; null where the person did not want it.</returns>
    /// <exception cref="AuthException">InvalidProfile: the file cannot be written; Canceled.</exception>
    public ProfileDescription? Run(string? named, bool replaces)
    {
        string name = named ?? AskUntil("Name of the profile", static text => text.Length > 0 ? null : string.Empty);
        FoundService service = ServiceQuestions.Ask(engine, dialog);
        Dictionary<string, object?> fields = service.Fields;
        GuidedWay way = AskWay(service);
        AskClient(way, name, fields);
        AskScopes(service, fields);
        if (way.IsPersonal && dialog.Confirm("Keep the sign-in for later sessions, encrypted in files of your own?", suggestion: true))
        {
            fields["store"] = "file";
        }

        ProfileDescription profile = engine.ProfileEditor.Preview(name, fields);
        dialog.Tell(JsonText.IndentedText(new Dictionary<string, object?> { [name] = fields }));
        bool isGood = !dialog.Confirm("Test it now?", suggestion: true) || Test(profile);
        return dialog.Confirm($"Write it to {engine.ProfileEditor.File}?", suggestion: isGood) ? Write(name, fields, replaces) : null;
    }

    /// <summary>A call with a profile that is not written yet.</summary>
    public static TokenRequest RequestOf(ProfileDescription profile) => ProfileRequest.Fill(new TokenRequest(), profile);

    private GuidedWay AskWay(FoundService service)
    {
        IReadOnlyList<string>? offered = service.Metadata?.List("grant_types_supported");
        GuidedWay[] possible = [.. GuidedWay.All.Where(way => service.Description.Grant(way.Grant) is not null)];

        // Many servers leave out what they can do all the same: those are offered last.
        GuidedWay[] ordered = [.. possible.OrderBy(way => offered is null || way.AdvertisedAs is null || offered.Contains(way.AdvertisedAs) ? 0 : 1)];
        return ordered.Length == 0
            ? throw AuthError.Create(AuthErrorId.UnsupportedGrant, $"Provider '{service.Description.Name}' has no way to sign in that a profile could hold.")
            : ordered[dialog.Choose("Who signs in, and how?", [.. ordered.Select(way =>
                way.Label + (offered is not null && way.AdvertisedAs is not null && !offered.Contains(way.AdvertisedAs) ? " - not among what the service advertises" : string.Empty))])];
    }

    private void AskClient(GuidedWay way, string name, Dictionary<string, object?> fields)
    {
        bool needsClient = way.Grant is GrantNames.ClientCredentials or GrantNames.Workload or GrantNames.AuthorizationCode or GrantNames.DeviceCode;
        string client = needsClient
            ? AskUntil("Client id", static text => text.Length > 0 ? null : string.Empty)
            : way.Grant == GrantNames.ApiKey ? string.Empty : dialog.Ask("Client id, where the service has given you one");
        if (client.Length > 0)
        {
            fields["clientId"] = client;
        }

        if (way.SecretField == "password")
        {
            fields["userName"] = AskUntil("User name", static text => text.Length > 0 ? null : string.Empty);
        }

        if (way.SecretField is { } field)
        {
            string variable = new([.. $"{name}_{field}".Select(static letter => letter < 128 && char.IsLetterOrDigit(letter) ? char.ToUpperInvariant(letter) : '_')]);
            string place = AskUntil($"Where is the {field}? ({SecretReferenceText.Forms}; never the secret itself)", CheckPlace, "env:" + variable);
            fields[field] = SecretReferenceText.Read(place, field);
        }
        else if (way.Grant == GrantNames.ClientCredentials)
        {
            fields["clientKey"] = AskUntil("The file with the client's private key (PEM, JWK or PFX)", static text => text.Length > 0 ? null : string.Empty);
        }
        else if (way.Grant == GrantNames.Workload)
        {
            fields["assertionSource"] = AskUntil("Where is the platform's assertion? (kubernetes, github, azure-pipelines, file:PATH)", static text => text.Length > 0 ? null : string.Empty);
        }
        else if (way.Grant == GrantNames.ManagedIdentity)
        {
            fields["resource"] = AskUntil("The API that the token is for, e.g. api://orders", static text => text.Length > 0 ? null : string.Empty);
        }

        if (way.Flag is { } flag)
        {
            fields[flag] = true;
        }
    }

    private void AskScopes(FoundService service, Dictionary<string, object?> fields)
    {
        if (service.Metadata?.List("scopes_supported") is { Count: > 0 } offered)
        {
            dialog.Tell($"Scopes that it advertises: {string.Join(" ", offered.Take(MostScopesTold))}{(offered.Count > MostScopesTold ? " ..." : string.Empty)}");
        }

        string[] scopes = dialog.Ask("Scopes, with spaces between; nothing for what the service gives by itself").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (scopes.Length > 0)
        {
            fields["scope"] = scopes;
        }
    }

    // What was typed may be the secret: it is not repeated.
    private static string? CheckPlace(string text)
    {
        try
        {
            SecretReferenceText.Read(text, "That");
            return null;
        }
        catch (AuthException fault)
        {
            return $"{fault.Message} {fault.RecommendedAction}";
        }
    }

    private string AskUntil(string question, Func<string, string?> fault, string? suggestion = null)
    {
        while (true)
        {
            string answer = dialog.Ask(question, suggestion);
            if (fault(answer) is not { } wrong)
            {
                return answer;
            }

            if (wrong.Length > 0)
            {
                dialog.Tell(wrong);
            }
        }
    }

    private bool Test(ProfileDescription profile)
    {
        var diagnosis = new ServiceDiagnosis(engine, RequestOf(profile), log);
        bool isGood = true;
        while (dialog.Wait<ServiceCheck?>(cancellationToken => diagnosis.NextAsync(cancellationToken)) is { } check)
        {
            isGood &= check.Passed != false;
            dialog.Tell(check.ToString());
            if (check is { Passed: false, RecommendedAction: { } action })
            {
                dialog.Tell("  " + action);
            }
        }

        return isGood;
    }

    private ProfileDescription? Write(string name, Dictionary<string, object?> fields, bool replaces)
    {
        bool isThere = engine.ProfileEditor.Has(name);
        return isThere && !replaces && !dialog.Confirm($"There is a profile '{name}' already. Replace it?", suggestion: false)
            ? null
            : engine.ProfileEditor.Add(name, fields, replaces: isThere);
    }
}
