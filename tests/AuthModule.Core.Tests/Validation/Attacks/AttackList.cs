using System;
using System.Collections.Generic;
using AuthModule.TestKit.Jwts;
using AuthModule.TestKit.Time;
using AuthModule.Validation;

namespace AuthModule.Core.Tests.Validation;

internal sealed class AttackList
{
    public static TestIssuer Issuer => TestIssuer.Shared;

    public Dictionary<string, Func<ManualTimeProvider, Attack>> ByName { get; } = [];

    /// <summary>A token of any making.</summary>
    public void Add(string name, string expected, Func<ManualTimeProvider, string> token, Func<ValidationRules, ValidationRules>? rules = null) =>
        ByName.Add(name, clock => new Attack(token(clock), rules is null ? Issuer.Rules(clock) : rules(Issuer.Rules(clock)), expected));

    /// <summary>A token that the issuer itself has signed, with something in it that must not be.</summary>
    public void AddSigned(string name, string expected, Action<Dictionary<string, object?>, Dictionary<string, object?>> change, Func<ValidationRules, ValidationRules>? rules = null) =>
        Add(name, expected, clock => Issuer.Token(clock, change), rules);

    /// <summary>A good token, changed as a text.</summary>
    public void AddBent(string name, string expected, Func<string, string> bend, Func<ValidationRules, ValidationRules>? rules = null) =>
        Add(name, expected, clock => bend(Issuer.Token(clock)), rules);

    /// <summary>Signed by the issuer, with header and payload as exact texts; the payload is made from the good claims' JSON.</summary>
    public void AddText(string name, string expected, Func<string, string> header, Func<string, string> payload) =>
        Add(name, expected, clock => Forge.Token(header(Forge.Json(TestIssuer.Header())), payload(Forge.Json(TestIssuer.Claims(clock))), Issuer.Rsa, "RS256"));
}
