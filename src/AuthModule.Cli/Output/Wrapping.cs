using System.Collections.Generic;

namespace AuthModule.Cli.Output;

/// <summary>Breaks a text between its words, so that a terminal does not break it within them. A word that is longer than a line stays whole: it may be copied.</summary>
internal static class Wrapping
{
    private const int Narrowest = 20;

    public static IEnumerable<string> Lines(string text, int width)
    {
        width = width < Narrowest ? Narrowest : width;
        string line = string.Empty;
        foreach (string word in text.Split(' '))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                yield return line;
                line = word;
            }
            else
            {
                line = line.Length == 0 ? word : $"{line} {word}";
            }
        }

        yield return line;
    }
}
