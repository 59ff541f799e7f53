using AuthModule.Json;
using AuthModule.Text;
using AuthModule.Jose.Tokens;
using AuthModule.Platform;
using System;
using System.Collections.Generic;
using System.Reflection;
using System.Threading.Tasks;

namespace AuthModule.Mono.Smoke;

/// <summary>Does what a session in Windows PowerShell does, step by step. A line per check: "ok NAME", "skipped NAME: why" or "failed NAME: why".</summary>
internal static class Program
{
    private static async Task<int> Main()
    {
        int failed = 0;
        foreach (KeyValuePair<string, Func<Task>> check in All())
        {
            try
            {
                await check.Value().ConfigureAwait(false);
                Console.WriteLine("ok " + check.Key);
            }
            catch (MissingOnThisRuntimeException missing)
            {
                Console.WriteLine($"skipped {check.Key}: {missing.Message}");
            }
#pragma warning disable CA1031 // Whatever it is, it is the result.
            catch (Exception cause)
            {
                failed++;
                Exception root = cause is TargetInvocationException { InnerException: { } inner } ? inner : cause;
                Console.WriteLine($"failed {check.Key}: {root}".Replace(Environment.NewLine, " | "));
            }
#pragma warning restore CA1031
        }

        return failed == 0 ? 0 : 1;
    }

    private static IEnumerable<KeyValuePair<string, Func<Task>>> All()
    {
        foreach (KeyValuePair<string, Func<Task>>[] group in new[] { HttpChecks.All, StoreChecks.All, CryptographyChecks.All, IssuingChecks.All })
        {
            foreach (KeyValuePair<string, Func<Task>> check in group)
            {
                yield return check;
            }
        }
    }
}
