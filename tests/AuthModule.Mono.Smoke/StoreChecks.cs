using AuthModule.Text;
using AuthModule.Jose.Tokens;
using AuthModule.Platform;
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using AuthModule.Json;
using AuthModule.Stores;

namespace AuthModule.Mono.Smoke;

/// <summary>Stores and JSON.</summary>
internal static class StoreChecks
{
    public static KeyValuePair<string, Func<Task>>[] All =>
    [
        Check.That("stores: a token in a sealed file is found by another engine, with a key", () => SharedAsync(Convert.ToBase64String(Enumerable.Repeat((byte)7, 32).ToArray()))),
        Check.That("stores: the same with a passphrase", () => SharedAsync("correct horse battery staple")),
        Check.That("json: numbers are as short as they can be", () =>
        {
            foreach (string text in new[] { "0.1", "0.3", "1.7", "0.30000000000000004", "1234567.891" })
            {
                double number = double.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
                Check.Equal($$"""{"n":{{text}}}""", JsonText.WriteObject(new Dictionary<string, object?> { ["n"] = number }));
            }
        }),
        Check.That("json: an object is read as it was written", () =>
        {
            Dictionary<string, object?> read = Jose.Tokens.PlainValues.TryReadObject(
                JsonText.WriteBytes(new Dictionary<string, object?> { ["a"] = "\u00e9\U0001F600", ["b"] = 5L, ["c"] = new[] { "x", "y" } }), out _)!;
            Check.Equal("\u00e9\U0001F600", (string)read["a"]!);
            Check.Equal(5L, (long)read["b"]!);
            Check.Equal(2, ((object?[])read["c"]!).Length);
        }),
    ];

    private static async Task SharedAsync(string key)
    {
        string folder = Path.Combine(Path.GetTempPath(), "authmodule-smoke-" + Guid.NewGuid().ToString("N"));
        try
        {
            using var service = new TokenService(number => (200, TokenService.Token("shared" + number)));
            foreach (Bench bench in new[] { new Bench(), new Bench() })
            {
                bench.Variables[StoreCatalog.KeyVariable] = key;
                Check.Equal("shared0", await bench.TokenAsync(Bench.Client(service.Address, "file:" + folder)).ConfigureAwait(false));
            }

            Check.Equal(1, service.Count);
            Check.Equal(false, Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Any(file => File.ReadAllText(file).Contains("shared0")));
        }
        finally
        {
            if (Directory.Exists(folder))
            {
                Directory.Delete(folder, recursive: true);
            }
        }
    }
}
