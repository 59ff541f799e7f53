using System.Collections.Generic;
using System.Net;
using System.Text;

namespace AuthModule.Site;

/// <summary>What stands around each page: title, search and navigation.</summary>
internal sealed class PageTemplate(IReadOnlyList<(string Title, IReadOnlyList<PageSource> Pages)> groups)
{
    private const string Name = "AuthModule";

    public string Render(PageSource page, string body) => Render(page.Title, page.Page, body);

    public string Render(string title, string page, string body)
    {
        string shown = title == Name ? Name : $"{title} · {Name}";
        return $"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>{WebUtility.HtmlEncode(shown)}</title>
            <link rel="stylesheet" href="site.css">
            </head>
            <body>
            <a class="skip" href="#content">Skip to the content</a>
            <header>
            <a class="home" href="index.html">{Name}</a>
            <search>
            <label class="hidden" for="query">Search all pages</label>
            <input id="query" type="search" placeholder="Search all pages" autocomplete="off" aria-controls="results">
            </search>
            </header>
            <div id="results" role="region" aria-label="Search results" aria-live="polite" hidden></div>
            <div class="columns">
            <nav aria-label="Pages">
            <details open><summary>Pages</summary>
            {Navigation(page)}</details>
            </nav>
            <main id="content">
            {Scrollable(body)}</main>
            </div>
            <script src="search-index.js"></script>
            <script src="search.js"></script>
            </body>
            </html>

            """;
    }

    private string Navigation(string current)
    {
        var text = new StringBuilder();
        foreach ((string title, IReadOnlyList<PageSource> pages) in groups)
        {
            text.Append("<h2>").Append(WebUtility.HtmlEncode(title)).Append("</h2>\n<ul>\n");
            foreach (PageSource page in pages)
            {
                string here = page.Page == current ? " aria-current=\"page\"" : string.Empty;
                text.Append(System.Globalization.CultureInfo.InvariantCulture, $"<li><a href=\"{page.Page}\"{here}>{WebUtility.HtmlEncode(page.Title)}</a></li>\n");
            }

            text.Append("</ul>\n");
        }

        return text.ToString();
    }

    // Wide tables and code scroll by themselves, with the keyboard too.
    private static string Scrollable(string body) => body
        .Replace("<table>", "<div class=\"scroll\" role=\"group\" aria-label=\"Table\" tabindex=\"0\"><table>", System.StringComparison.Ordinal)
        .Replace("</table>", "</table></div>", System.StringComparison.Ordinal)
        .Replace("<pre>", "<pre tabindex=\"0\">", System.StringComparison.Ordinal);
}
