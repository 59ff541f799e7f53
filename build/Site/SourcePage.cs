using System.Collections.Generic;
using System.Linq;
using System.Net;

namespace AuthModule.Site;

/// <summary>The page that names files of the clone to which pages link: examples, schemas, sources.</summary>
internal static class SourcePage
{
    public const string Page = "files.html";

    public const string Title = "Files of the clone";

    /// <param name="file">Relative to the clone.</param>
    public static string Address(string file) => $"{Page}#{Id(file)}";

    public static string Body(IEnumerable<string> files) =>
        $"<h1>{Title}</h1>\n<p>Pages refer to these. They are in the source package, not in this site.</p>\n<ul>\n"
        + string.Concat(files.Distinct().Order(System.StringComparer.Ordinal).Select(file => $"<li id=\"{Id(file)}\"><code>{WebUtility.HtmlEncode(file)}</code></li>\n"))
        + "</ul>\n";

    private static string Id(string file) => file.Replace('/', '-').Replace('.', '-');
}
