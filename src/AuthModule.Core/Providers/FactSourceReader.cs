using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using AuthModule.Json;

namespace AuthModule.Providers;

/// <summary>Reads where the facts of a description are from.</summary>
internal static class FactSourceReader
{
    public static FactSource? Read(LocatedObject root)
    {
        if (root.Object("source") is not { } source)
        {
            return null;
        }

        IReadOnlyList<string> pages = source.Texts("page");
        if (pages.Count == 0 || pages.Any(page => !Uri.TryCreate(page, UriKind.Absolute, out Uri? address) || address.Scheme is not ("https" or "http")))
        {
            source.Report("page", "is missing, or is not the address of a page");
        }

        string read = source.Text("read") ?? string.Empty;
        if (!DateTime.TryParseExact(read, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
        {
            source.Report("read", "is missing, or is not a day such as 2026-12-01");
        }

        source.RefuseOthers();
        return new FactSource(pages, read);
    }
}
