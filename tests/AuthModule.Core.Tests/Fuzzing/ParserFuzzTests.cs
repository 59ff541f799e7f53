#pragma warning disable CA5394 // A seeded source on purpose: a failure must repeat.
using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using AuthModule.Core.Tests.Support;

namespace AuthModule.Core.Tests.Fuzzing;

/// <summary>
/// Every parser of outside bytes, fed with what is almost right and with noise: it gives a result, or an error of an id that is
/// meant for it. <c>AUTHMODULE_FUZZ_SEED</c> and <c>AUTHMODULE_FUZZ_INPUTS</c> (per parser) change the run; a failure names its seed.
/// </summary>
[Trait("Feature", "N9")]
public sealed class ParserFuzzTests
{
    private const long MaxBytesPerInput = 64 * 1024 * 1024;

    // Far longer than a run takes on a machine that is busy with other things: who reaches it hangs.
    private static readonly TimeSpan Guard = TimeSpan.FromMinutes(5);

    private static readonly int Seed = Setting("AUTHMODULE_FUZZ_SEED", 20261122);
    private static readonly int Inputs = Setting("AUTHMODULE_FUZZ_INPUTS", 10_000);

    public static TheoryData<string> Names => [.. FuzzTargets.All.Select(static target => target.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_parser_refuses_by_id_or_gives_a_result(string name)
    {
        FuzzTarget target = FuzzTargets.All.Single(target => target.Name == name);
        foreach (byte[] seed in target.Seeds)
        {
            await target.Feed(seed); // What is right is taken, or nothing is shown by what is not.
        }

        int count = (int)(Inputs * target.Share);
        (int tested, int refused, string? failure) = await Task.Run(() => RunAsync(target, count)).WaitAsync(Guard, TestContext.Current.CancellationToken);

        Figures.Add($"fuzz {name}", $"{tested} inputs, {refused} refused (seed {Seed})");
        Assert.True(failure is null, failure);
        Assert.True(refused > 0, "Nothing was refused: the changes do not reach the parser.");
    }

    private static async Task<(int Tested, int Refused, string? Failure)> RunAsync(FuzzTarget target, int count)
    {
        var mutator = new Mutator(new Random(Seed ^ StableHash(target.Name)));
        int refused = 0;
        for (int i = 0; i < count; i++)
        {
            byte[] input = mutator.Next(target.Seeds);
            int thread = Environment.CurrentManagedThreadId;
            long before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                await target.Feed(input);
            }
            catch (AuthException error) when (target.Ids.Contains(error.Code))
            {
                refused++;
            }
            catch (Exception documented) when (documented.GetType() == target.Documented)
            {
                refused++;
            }
            catch (Exception wrong)
            {
                return (i, refused, $"seed {Seed}, input {i}: {(wrong as AuthException)?.Code ?? wrong.GetType().Name} for {Shown(input)}\n{wrong}");
            }

            long taken = GC.GetAllocatedBytesForCurrentThread() - before;
            if (thread == Environment.CurrentManagedThreadId && taken > MaxBytesPerInput)
            {
                return (i, refused, $"seed {Seed}, input {i}: {taken} bytes of memory for {Shown(input)}");
            }
        }

        return (count, refused, null);
    }

    private static string Shown(byte[] input) =>
        $"{input.Length} bytes: {Encoding.Latin1.GetString(input, 0, Math.Min(input.Length, 600))} (base64 {Convert.ToBase64String(input, 0, Math.Min(input.Length, 3000))})";

    private static int Setting(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out int value) ? value : otherwise;

    // string.GetHashCode differs from run to run.
    private static int StableHash(string text) => text.Aggregate(17, static (hash, c) => unchecked((hash * 31) + c));
}
