using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using AuthModule.Core.Tests.Support;
using AuthModule.Site;
using AuthModule.TestKit.Files;

namespace AuthModule.Core.Tests.Documentation;

/// <summary>The built site in Chromium, from its files: no server, no network.</summary>
[Trait("Feature", "U2")]
public sealed class SitePagesTests
{
    [Fact]
    public async Task The_pages_have_no_barrier_and_nothing_that_runs_over()
    {
        SiteBuild site = SiteBuild.Run(RepositoryFiles.PathOf("."));
        Assert.Empty(site.Faults);
        string? missing = await Axe.MissingAsync();
        Assert.SkipWhen(missing is not null, missing ?? string.Empty);
        using var folder = new TestFolder();
        site.Write(folder.File("site"));
        await using Chromium chromium = await Chromium.StartAsync();
        await using ChromiumPage page = await chromium.NewPageAsync();

        var faults = new List<string>();

        // One of each kind: the start, pages with tables, code and long lines, a cmdlet, the sources.
        foreach (string name in (string[])["index.html", "profiles.html", "providers.html", "cookbook.html", "errors.html", "Get-AuthToken.html", site.Pages[^1]])
        {
            Assert.True(site.Files.ContainsKey(name), $"There is no {name} among {string.Join(", ", site.Pages)}");
            await page.OpenAsync(new Uri(folder.File("site/" + name)));
            faults.AddRange(await Axe.FindAsync(page, name));
            await page.SizeAsync(390, 844);
            if (await page.EvaluateAsync("document.documentElement.scrollWidth <= innerWidth") != "true")
            {
                faults.Add($"{name} runs over at 390 pixels");
            }
        }

        Assert.Empty(faults);
        Assert.Empty(page.Problems);
        Assert.All(page.Requests, static request => Assert.True(request.IsFile || request.Scheme is "data" or "about", request.AbsoluteUri));
    }
}
