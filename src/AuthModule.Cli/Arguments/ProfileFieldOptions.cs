using System;
using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using AuthModule.Cli.Terminal;
using AuthModule.Profiles.Editing;

namespace AuthModule.Cli.Arguments;

/// <summary>The fields of a profile as options. A secret has an option that says where it is.</summary>
internal sealed class ProfileFieldOptions : OptionGroup
{
    private const string FilePrefix = "file:";

    private readonly Dictionary<ProfileField, Option> options = [];

    public ProfileFieldOptions()
        : base("The profile")
    {
        foreach (ProfileField field in ProfileField.All)
        {
            options[field] = Make(field);
        }
    }

    /// <summary>What was given, as the file has it.</summary>
    /// <exception cref="UsageException">A way of the chain that is no JSON object.</exception>
    /// <exception cref="ConfigurationException">InvalidProfile: a secret in place of where it is.</exception>
    public Dictionary<string, object?> Read(Invocation call)
    {
        var fields = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach ((ProfileField field, Option option) in options)
        {
            if (call.Parsed.GetResult(option) is { Implicit: false })
            {
                fields[field.Name] = Value(field, option, call);
            }
        }

        return fields;
    }

    /// <summary>The field that an option or a name means; null where there is none.</summary>
    public static ProfileField? Find(string typed) =>
        ProfileField.All.FirstOrDefault(field => string.Equals(field.Name, typed, StringComparison.OrdinalIgnoreCase) || Kebab(field.Name) == typed);

    private Option Make(ProfileField field)
    {
        string name = "--" + Kebab(field.Name);
        return field.Kind switch
        {
            ProfileFieldKind.Flag => Add(NewOption.Flag(name, $"{field.Name}: true in the profile.")),
            ProfileFieldKind.Reference => Add(NewOption.Text(name + "-from", "PLACE", $"Where the {field.Name} is: {SecretReferenceText.Forms}.")),
            ProfileFieldKind.List when field.Name == "chain" => Add(NewOption.Texts(name, "WAY", "A way to sign in: its name, or a JSON object with way and its fields.")),
            ProfileFieldKind.List => Add(NewOption.Texts(name, "VALUE", $"An entry of {field.Name}.")),
            ProfileFieldKind.Map => Add(NewOption.Pairs(name, "A parameter of the provider.", SecretArguments.RefuseField)),
            _ => Add(NewOption.Text(name, "VALUE", $"{field.Name} of the profile.")),
        };
    }

    private static object? Value(ProfileField field, Option option, Invocation call) => field.Kind switch
    {
        ProfileFieldKind.Flag => true,
        ProfileFieldKind.Reference => SecretReferenceText.Read(call.Parsed.GetValue((Option<string?>)option)!, option.Name),
        ProfileFieldKind.List when field.Name == "chain" => call.Parsed.GetValue((Option<string[]>)option)!.Select(Way).ToArray(),
        ProfileFieldKind.List => call.Parsed.GetValue((Option<string[]>)option)!,
        ProfileFieldKind.Map => call.Parsed.GetValue((Option<ILookup<string, string>>)option)!.ToDictionary(static pair => pair.Key, static pair => (object?)pair.Last()),
        _ => Whole(field, call.Parsed.GetValue((Option<string?>)option)!),
    };

    // As it is typed a path is relative to where one is, in the file to the file.
    private static string Whole(ProfileField field, string text) => field.Name switch
    {
        "clientKey" or "caCertificate" when !text.StartsWith('~') => Path.GetFullPath(text),
        "store" or "assertionSource" when text.StartsWith(FilePrefix, StringComparison.OrdinalIgnoreCase) && text.Length > FilePrefix.Length =>
            FilePrefix + Path.GetFullPath(text.Substring(FilePrefix.Length)),
        _ => text,
    };

    private static object Way(string text)
    {
        if (!text.StartsWith('{'))
        {
            return text;
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(text);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            throw new UsageException("--chain has a way that is no JSON object, e.g. {\"way\":\"workload\",\"assertionSource\":\"github\"}.");
        }
    }

    private static string Kebab(string name)
    {
        var text = new StringBuilder();
        foreach (char letter in name)
        {
            text.Append(char.IsUpper(letter) ? "-" : string.Empty).Append(char.ToLowerInvariant(letter));
        }

        return text.ToString();
    }
}
