using System.Collections.Generic;
using System.Linq;
using System.Text.Json;

namespace AuthModule.Site;

/// <summary>What the search looks through. A script, as a browser reads no data file beside a page that was opened from a folder.</summary>
internal static class SearchIndex
{
    public static string Write(IEnumerable<PageSource> pages)
    {
        var entries = pages.Select(page => new
        {
            page = page.Page,
            title = page.Title,
            sections = page.Sections().Select(section => new[] { section.Id, section.Title }),
            text = page.PlainText(),
        });
        return "window.searchIndex = " + JsonSerializer.Serialize(entries) + ";\n";
    }
}
