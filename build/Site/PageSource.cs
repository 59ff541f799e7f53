using System.IO;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using Markdig;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace AuthModule.Site;

/// <summary>A Markdown file and what its page is made of.</summary>
internal sealed partial class PageSource
{
    public static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().UseAutoIdentifiers(Markdig.Extensions.AutoIdentifiers.AutoIdentifierOptions.GitHub)
        .UsePipeTables().UseEmphasisExtras().UseAutoLinks().Build();

    private PageSource(string file, string markdown)
    {
        File = file;
        Document = Markdown.Parse(markdown, Pipeline);
        Title = Document.OfType<HeadingBlock>().FirstOrDefault(heading => heading.Level == 1) is { } heading ? TextOf(heading) : Path.GetFileNameWithoutExtension(file);
    }

    /// <summary>Relative to the clone, with slashes.</summary>
    public string File { get; }

    /// <summary>Its name in the site.</summary>
    public string Page => PageOf(File);

    public string Title { get; }

    public MarkdownDocument Document { get; }

    public static PageSource Read(string root, string file) =>
        new(file, Comments().Replace(System.IO.File.ReadAllText(Path.Combine(root, file)), string.Empty));

    /// <summary>One flat folder: <c>docs/stores.md</c> is <c>stores.html</c>, <c>examples/README.md</c> is <c>examples.html</c>.</summary>
    public static string PageOf(string file)
    {
        string[] parts = file.Split('/');
        string name = Path.GetFileNameWithoutExtension(parts[^1]);
        if (name == "README" && parts.Length > 1)
        {
            name = parts[^2];
        }

        return (name is "README" ? "readme" : name) + ".html";
    }

    /// <summary>All that can be read on the page, for the search.</summary>
    public string PlainText()
    {
        var text = new StringBuilder();
        foreach (MarkdownObject part in Document.Descendants())
        {
            switch (part)
            {
                case LiteralInline literal:
                    text.Append(literal.Content.ToString());
                    break;
                case CodeInline code:
                    text.Append(code.Content);
                    break;
                case LineBreakInline or LeafBlock:
                    text.Append(' ');
                    break;
            }

            if (part is CodeBlock block)
            {
                text.Append(block.Lines.ToString()).Append(' ');
            }
        }

        return Blanks().Replace(text.ToString(), " ").Trim();
    }

    /// <summary>The page's sections: what stands in its address behind #, and their titles.</summary>
    public (string Id, string Title)[] Sections() =>
        [.. Document.OfType<HeadingBlock>().Where(heading => heading.Level == 2).Select(heading => (heading.GetAttributes().Id ?? string.Empty, TextOf(heading)))];

    public bool HasAnchor(string id) => Document.Descendants<HeadingBlock>().Any(heading => heading.GetAttributes().Id == id);

    private static string TextOf(HeadingBlock heading) => string.Concat((heading.Inline ?? []).Descendants().Select(part => part switch
    {
        LiteralInline literal => literal.Content.ToString(),
        CodeInline code => code.Content,
        _ => string.Empty,
    }));

    [GeneratedRegex("<!--.*?-->", RegexOptions.Singleline)]
    private static partial Regex Comments();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
