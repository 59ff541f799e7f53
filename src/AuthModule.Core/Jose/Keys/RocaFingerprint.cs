using System.Collections.Generic;

namespace AuthModule.Jose.Keys;

/// <summary>
/// RSA keys of a generator that made primes of the form k * M + 65537^a mod M, M being the product of the first primes
/// (CVE-2017-15361, "ROCA"): their private halves can be computed. Modulo each small prime such a modulus is a power of 65537,
/// which of other moduli about one in a hundred million is.
/// </summary>
internal static class RocaFingerprint
{
    private const int Generator = 65537;

    // The product of these is part of M for every key of 512 bits and more.
    private static readonly int[] Primes =
    [
        3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73,
        79, 83, 89, 97, 101, 103, 107, 109, 113, 127, 131, 137, 139, 149, 151, 157, 163, 167,
    ];

    private static readonly bool[][] Powers = FindPowers();

    /// <param name="modulus">Big-endian.</param>
    public static bool Matches(IReadOnlyList<byte> modulus)
    {
        for (int i = 0; i < Primes.Length; i++)
        {
            int rest = 0;
            for (int at = 0; at < modulus.Count; at++)
            {
                rest = ((rest << 8) | modulus[at]) % Primes[i];
            }

            if (!Powers[i][rest])
            {
                return false;
            }
        }

        return true;
    }

    private static bool[][] FindPowers()
    {
        bool[][] all = new bool[Primes.Length][];
        for (int i = 0; i < Primes.Length; i++)
        {
            all[i] = new bool[Primes[i]];
            for (int power = 1; !all[i][power]; power = power * (Generator % Primes[i]) % Primes[i])
            {
                all[i][power] = true;
            }
        }

        return all;
    }
}
