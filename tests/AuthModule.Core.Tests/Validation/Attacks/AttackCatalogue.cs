using System;
using System.Collections.Generic;
using AuthModule.TestKit.Time;
using AuthModule.Validation;

namespace AuthModule.Core.Tests.Validation;

/// <summary>A token that must not pass, the rules of the endpoint it is sent to, and the id of the first check that refuses it.</summary>
internal sealed record Attack(string Token, ValidationRules Rules, string Expected);

/// <summary>All attacks by name. A new one is one line in the file of its group.</summary>
internal static class AttackCatalogue
{
    public static IReadOnlyDictionary<string, Func<ManualTimeProvider, Attack>> All { get; } = Collect();

    private static Dictionary<string, Func<ManualTimeProvider, Attack>> Collect()
    {
        var all = new AttackList();
        AlgorithmAttacks.Add(all);
        KeyAttacks.Add(all);
        SignatureAttacks.Add(all);
        EncodingAttacks.Add(all);
        JsonAttacks.Add(all);
        TimeAttacks.Add(all);
        IdentityAttacks.Add(all);
        KindAttacks.Add(all);
        EncryptionAttacks.Add(all);
        return all.ByName;
    }
}
