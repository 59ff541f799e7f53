using System;
using System.IO;

namespace AuthModule.Package;

/// <summary>dotnet run --project build/Package [-- options]: the module's folder and packages, made from nothing under out/.</summary>
internal static class Program
{
    private const string Usage = """
        dotnet run --project build/Package [-- options]
          --verify            then makes all again from a copy of the sources in another folder, and compares every byte
          --again             compares what an earlier run left in the output with what is made now of a copy of the sources
          --no-ready-to-run   leaves out the images compiled for common platforms (for a machine that cannot restore the compiler)
          --output FOLDER     instead of out/
        """;

    public static int Main(string[] arguments)
    {
        string? output = null;
        bool readyToRun = true;
        bool verify = false;
        bool again = false;
        for (int i = 0; i < arguments.Length; i++)
        {
            switch (arguments[i])
            {
                case "--verify":
                    verify = true;
                    break;
                case "--again":
                    again = true;
                    break;
                case "--no-ready-to-run":
                    readyToRun = false;
                    break;
                case "--output" when i + 1 < arguments.Length:
                    output = Path.GetFullPath(arguments[++i]);
                    break;
                default:
                    Console.Error.WriteLine(Usage);
                    return 2;
            }
        }

        try
        {
            SourceTree sources = SourceTree.Find();
            output ??= Path.Combine(sources.Root, "out");
            var packing = new Packing(sources, output, readyToRun);
            Packages made = again ? packing.Find() : packing.Run();
            Console.WriteLine($"The module is in {Path.GetRelativePath(sources.Root, made.ModuleFolder)}, with {made.FileCount} files.");
            foreach (string package in made.PackageFiles)
            {
                Console.WriteLine($"{Checksums.Of(package)}  {Path.GetRelativePath(sources.Root, package)}");
            }

            return !(verify || again) || Reproduction.Check(sources, made, readyToRun) ? 0 : 1;
        }
        catch (PackingException failure)
        {
            Console.Error.WriteLine(failure.Message);
            return 1;
        }
    }
}
