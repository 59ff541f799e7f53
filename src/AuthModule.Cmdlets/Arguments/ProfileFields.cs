using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using System.Security;
using AuthModule.Pipeline;
using AuthModule.Profiles.Editing;

namespace AuthModule.Arguments;

/// <summary>Turns what a cmdlet got into fields of a profile file. A secret is refused: only where it is can be written.</summary>
internal static class ProfileFields
{
    private static readonly string[] References = [.. ProfileField.All.Where(static field => field.Kind == ProfileFieldKind.Reference).Select(static field => field.Name)];

    /// <summary>Where a secret is: <c>env:NAME</c>, or a hashtable as the file has it.</summary>
    /// <exception cref="ConfigurationException">InvalidProfile; what was given is not repeated.</exception>
    public static object Reference(object value, string parameter) => PipelineValue.Unwrap(value) switch
    {
        string text => SecretReferenceText.Read(text, parameter),
        IDictionary members => Members(members, parameter),
        _ => throw SecretReferenceText.Refused(parameter),
    };

    /// <summary>The provider's parameters; a hashtable among them says where a secret is.</summary>
    public static Dictionary<string, object?> Parameters(IDictionary given, string parameter) => Members(given, parameter);

    /// <summary>Ways to sign in: names, or hashtables with <c>way</c>.</summary>
    public static object?[] Chain(IEnumerable given, string parameter) =>
    [
        .. given.Cast<object?>().Select(PipelineValue.Unwrap).Select(way => way is IDictionary members
            ? Members(members, parameter).ToDictionary(
                static member => member.Key,
                member => References.Contains(member.Key) && member.Value is string text ? SecretReferenceText.Read(text, $"{parameter} {member.Key}") : member.Value)
            : Plain(way, parameter)),
    ];

    private static Dictionary<string, object?> Members(IDictionary given, string parameter) =>
        given.Cast<DictionaryEntry>().ToDictionary(
            static entry => Convert.ToString(entry.Key, CultureInfo.InvariantCulture)!,
            entry => Plain(PipelineValue.Unwrap(entry.Value), parameter));

    private static object? Plain(object? value, string parameter) => value switch
    {
        null or string or bool or int or long or double => value,
        SwitchParameter flag => (bool)flag,
        SecureString or PSCredential => throw SecretReferenceText.Refused(parameter),
        IDictionary members => Members(members, parameter),
        IEnumerable items => items.Cast<object?>().Select(item => Plain(PipelineValue.Unwrap(item), parameter)).ToArray(),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };
}
