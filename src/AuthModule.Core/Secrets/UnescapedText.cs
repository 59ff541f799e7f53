using System.Collections.Generic;
using System.Text;

namespace AuthModule.Secrets;

/// <summary>A text with its escapes read, each letter of which knows where it stood before.</summary>
internal sealed class UnescapedText
{
    // Null: each letter stands where it stood.
    private readonly List<(int Start, int End)>? places;

    public UnescapedText(string text) => Text = text;

    private UnescapedText(string text, List<(int Start, int End)> places)
        : this(text) => this.places = places;

    public string Text { get; }

    /// <summary>Where in the first text these letters come from.</summary>
    public (int Start, int End) PlaceOf(int at, int length) =>
        places is null ? (at, at + length) : (places[at].Start, places[at + length - 1].End);

    /// <summary>Null where there is no such escape.</summary>
    public UnescapedText? Read(EscapeReader escape)
    {
        if (!Text.Contains(escape.Mark))
        {
            return null;
        }

        var read = new StringBuilder(Text.Length);
        var readPlaces = new List<(int Start, int End)>(Text.Length);
        bool isChanged = false;
        for (int at = 0; at < Text.Length;)
        {
            (string? letters, int length) = Text[at] == escape.Mark ? escape.At(Text, at) : default;
            isChanged |= letters is not null;
            if (letters is null)
            {
                read.Append(Text[at]);
                length = 1;
            }
            else
            {
                read.Append(letters);
            }

            (int, int) place = PlaceOf(at, length);
            for (int i = letters?.Length ?? 1; i > 0; i--)
            {
                readPlaces.Add(place);
            }

            at += length;
        }

        return isChanged ? new UnescapedText(read.ToString(), readPlaces) : null;
    }
}
