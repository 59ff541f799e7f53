using System.Collections.Generic;
using System.Globalization;
using System.Threading.Tasks;
using AuthModule.Benchmarks.Measurement;
using AuthModule.Benchmarks.PowerShell;

namespace AuthModule.Benchmarks.Rows;

/// <summary>The import of the module in a new process, beside that of an empty one with as many cmdlets.</summary>
internal sealed class ImportBenchmark : IBenchmark
{
    private const double Most = 1.5;

    public string Name => "import";

    public string Summary => "Import-Module beside an empty compiled module with as many cmdlets";

    public bool NeedsPowerShell => true;

    public async Task<IReadOnlyList<Row>> RunAsync()
    {
        const string What = "Import-Module AuthModule";
        return
        [
            Row.AtMost(What, "import of an empty compiled module with as many cmdlets", await CompareAsync(await ModuleUnderTest.FloorManifestAsync()), Most),
            Row.AtMost(What, "the same empty module with a format and a type file", await CompareAsync(await ModuleUnderTest.FloorWithFormatsManifestAsync()), Most),
        ];
    }

    private static async Task<Comparison> CompareAsync(string floor)
    {
        string module = ModuleUnderTest.Manifest;
        int cmdlets = 0, floorCmdlets = 0;
        Comparison times = await Turns.RunAsync(
            async () => Read(await Shell.RunAsync("-File", ModuleUnderTest.Script("Measure-Import.ps1"), "-Module", module), out cmdlets),
            async () => Read(await Shell.RunAsync("-File", ModuleUnderTest.Script("Measure-Import.ps1"), "-Module", floor), out floorCmdlets),
            rounds: 15);
        WrongResultException.Require(cmdlets > 0 && cmdlets == floorCmdlets, $"the module brought {cmdlets} cmdlets, the floor {floorCmdlets}");
        return times;
    }

    private static double Read(string line, out int cmdlets)
    {
        string[] words = line.Split(' ');
        WrongResultException.Require(words.Length == 2, $"the import wrote '{line}'");
        cmdlets = int.Parse(words[1], CultureInfo.InvariantCulture);
        return double.Parse(words[0], CultureInfo.InvariantCulture);
    }
}
