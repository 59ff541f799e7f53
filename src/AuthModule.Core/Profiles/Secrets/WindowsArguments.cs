#if NETSTANDARD2_0
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace AuthModule.Profiles.Secrets;

/// <summary>Writes arguments so that a Windows program reads back exactly these: the rules of its C runtime.</summary>
internal static class WindowsArguments
{
    public static string Join(IEnumerable<string> arguments) => string.Join(" ", arguments.Select(Quote));

    private static string Quote(string argument)
    {
        var quoted = new StringBuilder("\"");
        int backslashes = 0;
        foreach (char c in argument)
        {
            // Backslashes count double in front of a quote only.
            if (c == '"')
            {
                quoted.Append('\\', backslashes + 1);
            }

            backslashes = c == '\\' ? backslashes + 1 : 0;
            quoted.Append(c);
        }

        return quoted.Append('\\', backslashes).Append('"').ToString();
    }
}
#endif
