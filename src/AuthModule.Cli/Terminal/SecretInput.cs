using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Secrets;

namespace AuthModule.Cli.Terminal;

/// <summary>Secrets by environment or on stdin: arguments can be read by every process of the machine, and stay in histories.</summary>
internal static class SecretInput
{
    private const int LongestText = 256 * 1024;

    /// <summary>The text on stdin without the line break at its end, when the option is given; null when it is not.</summary>
    public static async Task<Secret?> ReadAsync(Invocation call, Option<bool> fromStdin, CancellationToken cancellationToken)
    {
        if (!call.Parsed.GetValue(fromStdin))
        {
            return null;
        }

        // Reading a console cannot be canceled; the wait for it can.
        return await Task.Run(() => Read(call, fromStdin.Name), CancellationToken.None).WaitAsync(cancellationToken);
    }

    /// <summary>The same for an option that is given; waits for the end of stdin.</summary>
    public static Secret Read(Invocation call, string option)
    {
        string text = ReadText(call).TrimEnd('\r', '\n');
        return text.Length > 0 ? Secret.From(text) : throw new UsageException($"{option} was given, but stdin is empty.");
    }

    /// <summary>From stdin where its option is given, else from the environment; null where neither has it.</summary>
    public static async Task<Secret?> ReadAsync(Invocation call, Option<bool> fromStdin, string variable, CancellationToken cancellationToken) =>
        await ReadAsync(call, fromStdin, cancellationToken) ?? Secret.FromOptional(call.Context.Environment.Get(variable));

    /// <exception cref="UsageException">Two secrets cannot share one stream.</exception>
    public static void RequireOneReader(ParseResult parsed)
    {
        List<string> readers = [.. parsed.CommandResult.Command.Options
            .Where(option => option.Name.EndsWith("-stdin", StringComparison.Ordinal) && parsed.GetResult(option) is { Implicit: false })
            .Select(option => option.Name)];
        if (readers.Count > 1)
        {
            throw new UsageException($"{string.Join(" and ", readers)} cannot both read stdin. Pass one of them by environment.");
        }
    }

    private static string ReadText(Invocation call)
    {
        char[] buffer = new char[LongestText + 1];
        int length = call.Context.Input.ReadBlock(buffer, 0, buffer.Length);
        string text = length <= LongestText
            ? new string(buffer, 0, length)
            : throw new UsageException($"What is on stdin is longer than {LongestText / 1024} KiB and cannot be a secret.");
        Array.Clear(buffer);
        return text;
    }
}
