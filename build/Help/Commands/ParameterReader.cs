using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using System.Reflection;

namespace AuthModule.Help.Commands;

/// <summary>Reads one parameter from its property.</summary>
internal static class ParameterReader
{
    private const string None = "None";

    /// <param name="property">The parameter's.</param>
    /// <param name="defaults">A cmdlet as it is before anything is given to it.</param>
    public static Parameter Read(PropertyInfo property, object defaults)
    {
        Type type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        Type item = type.IsArray ? type.GetElementType()! : type;
        Placement[] placements = [.. property.GetCustomAttributesData().Where(CommandReader.Is<ParameterAttribute>).Select(Placement)];
        return new Parameter(property.Name)
        {
            TypeName = type.Name,
            ItemTypeName = item.FullName!,
            IsSwitch = type == typeof(SwitchParameter),
            IsArray = type.IsArray,
            DefaultValue = placements.All(placement => placement.IsMandatory) ? None : Text(property.GetValue(defaults)),
            Aliases = Texts<AliasAttribute>(property),
            Values = item.IsEnum ? Enum.GetNames(item) : Texts<ValidateSetAttribute>(property),
            Range = Range(property),
            TakesWildcards = CommandReader.Attribute<SupportsWildcardsAttribute>(property) is not null,
            Placements = placements,
        };
    }

    private static Placement Placement(CustomAttributeData attribute) => new(
        CommandReader.Named(attribute, nameof(ParameterAttribute.ParameterSetName)) as string,
        CommandReader.Named(attribute, nameof(ParameterAttribute.Mandatory)) is true,
        CommandReader.Named(attribute, nameof(ParameterAttribute.Position)) as int?,
        CommandReader.Named(attribute, nameof(ParameterAttribute.ValueFromPipeline)) is true,
        CommandReader.Named(attribute, nameof(ParameterAttribute.ValueFromPipelineByPropertyName)) is true);

    private static IReadOnlyList<string> Texts<T>(PropertyInfo property) =>
        CommandReader.Attribute<T>(property)?.ConstructorArguments[0].Value is IEnumerable<CustomAttributeTypedArgument> values ? [.. values.Select(value => (string)value.Value!)] : [];

    private static (string Least, string Most)? Range(PropertyInfo property) =>
        CommandReader.Attribute<ValidateRangeAttribute>(property)?.ConstructorArguments is [var least, var most] ? (Text(least.Value), Text(most.Value)) : null;

    // No time at all is how a cmdlet says that none was given.
    private static string Text(object? value) => value switch
    {
        null or "" => None,
        TimeSpan time when time == TimeSpan.Zero => None,
        SwitchParameter choice => choice.IsPresent ? "True" : "False",
        string text => text,
        IEnumerable several => several.Cast<object?>().Select(Text).ToArray() is { Length: > 0 } items ? string.Join(", ", items) : None,
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };
}
