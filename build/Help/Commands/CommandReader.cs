using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Reflection;

namespace AuthModule.Help.Commands;

/// <summary>Reads what a compiled assembly says of its cmdlets.</summary>
internal static class CommandReader
{
    public static IReadOnlyList<Command> Read(string assembly) => Read(new CommandAssembly(assembly).Load());

    public static IReadOnlyList<Command> Read(Assembly assembly) =>
        [.. assembly.GetExportedTypes().Where(type => !type.IsAbstract && Attribute<CmdletAttribute>(type) is not null).Select(Read).OrderBy(command => command.Name, StringComparer.Ordinal)];

    private static Command Read(Type type)
    {
        CustomAttributeData cmdlet = Attribute<CmdletAttribute>(type)!;
        object defaults = Activator.CreateInstance(type)!;
        Parameter[] parameters = [.. type.GetProperties().Where(property => Attribute<ParameterAttribute>(property) is not null).Select(property => ParameterReader.Read(property, defaults))];
        return new Command((string)cmdlet.ConstructorArguments[0].Value!, (string)cmdlet.ConstructorArguments[1].Value!)
        {
            Sets = Sets(Named(cmdlet, nameof(CmdletAttribute.DefaultParameterSetName)) as string, parameters),
            Parameters = parameters,
            Outputs = [.. type.GetCustomAttributesData().Where(Is<OutputTypeAttribute>).SelectMany(Outputs)],
            SupportsShouldProcess = Named(cmdlet, nameof(CmdletAttribute.SupportsShouldProcess)) is true,
        };
    }

    internal static CustomAttributeData? Attribute<T>(MemberInfo member) => member.GetCustomAttributesData().FirstOrDefault(Is<T>);

    // By name: the reference assembly that the cmdlets were compiled with need not be the one that is loaded here.
    internal static bool Is<T>(CustomAttributeData attribute) => attribute.AttributeType.FullName == typeof(T).FullName;

    internal static object? Named(CustomAttributeData attribute, string name) =>
        attribute.NamedArguments.FirstOrDefault(argument => argument.MemberName == name).TypedValue.Value;

    private static IReadOnlyList<string?> Sets(string? first, Parameter[] parameters)
    {
        string?[] named = [.. parameters.SelectMany(parameter => parameter.Placements).Select(placement => placement.Set).Where(set => set is not null).Prepend(first).Distinct().Where(set => set is not null)];
        return named.Length == 0 ? [null] : named;
    }

    private static IEnumerable<string> Outputs(CustomAttributeData attribute) =>
        attribute.ConstructorArguments.SelectMany(argument => argument.Value is IEnumerable<CustomAttributeTypedArgument> several ? several.Select(one => one.Value) : [argument.Value])
            .OfType<Type>().Select(type => type.FullName!);
}
