using System;
using System.CommandLine;
using System.Linq;

namespace AuthModule.Cli.Arguments;

/// <summary>What git and Docker put behind the command line of a credential helper: the operation that they want.</summary>
internal static class HelperOperation
{
    public const string Get = "get";
    public const string Store = "store";
    public const string Erase = "erase";
    public const string List = "list";

    private const string OptionName = "--helper-operation";

    private static readonly string[] Operations = [Get, Store, Erase, List];
    private static readonly string[] Callers = ["git", "docker"];

    /// <summary>Found by itself on each command line, as it is no part of what a person types.</summary>
    public static Option<string?> NewOption() => new(OptionName) { Hidden = true };

    /// <summary>The last word as an option, where the output is for a program that appends one.</summary>
    public static string[] Rewrite(string[] arguments)
    {
        bool isHelper = arguments.Length > 2 && arguments[0] == "get" && Operations.Contains(arguments[^1], StringComparer.Ordinal)
            && arguments.Zip(arguments.Skip(1)).Any(static pair => pair.First == "--output" && Callers.Contains(pair.Second, StringComparer.OrdinalIgnoreCase))
            | arguments.Any(static argument => Callers.Any(caller => string.Equals(argument, "--output=" + caller, StringComparison.OrdinalIgnoreCase)));
        return isHelper ? [.. arguments[..^1], $"{OptionName}={arguments[^1]}"] : arguments;
    }
}
