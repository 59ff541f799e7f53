using System.Collections.Generic;

namespace AuthModule.Help.Pages;

/// <summary>What a page says of a cmdlet; everything that the cmdlet says of itself is not in here.</summary>
internal sealed record CommandPage
{
    public required IReadOnlyList<string> Synopsis { get; init; }

    public required IReadOnlyList<string> Description { get; init; }

    public required IReadOnlyList<PageExample> Examples { get; init; }

    /// <summary>Paragraphs by the names of parameters.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<string>> Parameters { get; init; }

    public required IReadOnlyList<PageType> Inputs { get; init; }

    public required IReadOnlyList<PageType> Outputs { get; init; }

    public required IReadOnlyList<string> Notes { get; init; }

    public required IReadOnlyList<PageLink> Links { get; init; }
}

/// <summary>An example: what to type, and what to know of it.</summary>
internal sealed record PageExample(string Title, string Code, IReadOnlyList<string> Remarks);

/// <summary>A type that comes in or out, and what it stands for.</summary>
internal sealed record PageType(string Name, IReadOnlyList<string> Paragraphs);

/// <summary>Where more is to be read; the address is empty where it is another help text.</summary>
internal sealed record PageLink(string Text, string Address);
