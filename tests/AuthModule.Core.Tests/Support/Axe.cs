using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using AuthModule.TestKit.Files;

namespace AuthModule.Core.Tests.Support;

/// <summary>Looks for barriers in a page (axe-core), in light and in dark, on a phone and on a screen.</summary>
internal static class Axe
{
    private static readonly (int Width, int Height)[] Screens = [(390, 844), (1280, 800)];
    private static readonly Lazy<Task<(string? Script, string? Missing)>> Source = new(ReadAsync);

    /// <summary>Why it cannot be used here; null where it can.</summary>
    public static async Task<string?> MissingAsync() => (await Source.Value).Missing;

    /// <summary>Fails with each barrier: its rule, the elements, and what is wrong with them.</summary>
    public static async Task AssertNoneAsync(ChromiumPage page, string name) => Assert.Empty(await FindAsync(page, name));

    /// <summary>The barriers of a page.</summary>
    public static async Task<IReadOnlyList<string>> FindAsync(ChromiumPage page, string name)
    {
        var all = new List<string>();
        string script = (await Source.Value).Script!;
        foreach ((int width, int height) in Screens)
        {
            await page.SizeAsync(width, height);
            foreach (bool isDark in (bool[])[false, true])
            {
                await page.DarkAsync(isDark);
                if (await page.EvaluateAsync("typeof window.axe") == "undefined")
                {
                    await page.RunAsync(script + "\n;'loaded'");
                }

                string found = await page.RunAsync("""
                    axe.run(document, { resultTypes: ['violations'], preload: false }).then(results => JSON.stringify(results.violations.map(violation =>
                        violation.id + ': ' + violation.nodes.map(node => node.target.join(' ') + ' (' + (node.any[0] || node.all[0] || node.none[0]).message + ')').join('; '))))
                    """);
                all.AddRange(JsonSerializer.Deserialize<string[]>(found)!.Select(barrier => $"{name}, {width} pixels, {(isDark ? "dark" : "light")}: {barrier}"));
            }
        }

        await page.DarkAsync(false);
        await page.SizeAsync(900, 700);
        return all;
    }

    private static async Task<(string? Script, string? Missing)> ReadAsync()
    {
        string folder = RepositoryFiles.PathOf("tests/axe");
        return await NodePackages.PrepareAsync(folder) is { } missing
            ? (null, missing)
            : (await File.ReadAllTextAsync(Path.Combine(folder, "node_modules", "axe-core", "axe.min.js")), null);
    }
}
