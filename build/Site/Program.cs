using System;
using System.IO;

namespace AuthModule.Site;

/// <summary>dotnet run --project build/Site [-- --output FOLDER]: the pages of docs as static HTML.</summary>
internal static class Program
{
    public static int Main(string[] arguments)
    {
        string? output = arguments switch
        {
            [] => null,
            ["--output", var folder] => Path.GetFullPath(folder),
            _ => string.Empty,
        };
        if (output is { Length: 0 })
        {
            Console.Error.WriteLine("dotnet run --project build/Site [-- --output FOLDER]   (without it: out/site)");
            return 2;
        }

        string root = Repository.Find(AppContext.BaseDirectory);
        SiteBuild site = SiteBuild.Run(root);
        foreach (SiteFault fault in site.Faults)
        {
            Console.Error.WriteLine(fault);
        }

        if (site.Faults.Count > 0)
        {
            return 1;
        }

        output ??= Path.Combine(root, "out", "site");
        site.Write(output);
        Console.WriteLine($"{site.Pages.Count} pages: {Path.Combine(output, "index.html")}");
        return 0;
    }
}
