using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using AuthModule.Core.Tests.Requests;
using AuthModule.Secrets;
using AuthModule.Sessions;
using AuthModule.TestKit.Time;
using AuthModule.Tokens;

namespace AuthModule.Core.Tests.Sessions;

/// <summary>Each property of a token set says whether stores keep it, and what they keep comes back.</summary>
public sealed class StoredFieldTests
{
    private static readonly string[] Times = [nameof(TokenSet.IssuedOn), nameof(TokenSet.ExpiresOn), nameof(TokenSet.Lifetime)];

    private static PropertyInfo[] Fields => [.. typeof(TokenSet).GetProperties().Where(property => property.SetMethod is not null)];

    [Fact]
    [Trait("Feature", "A2")]
    public void Each_property_is_declared_as_stored_or_not()
    {
        string[] unclear =
        [
            .. Fields.Where(property => property.GetCustomAttributes().Count(attribute => attribute is StoredAttribute or NotStoredAttribute) != 1)
                .Select(property => property.Name),
        ];
        Assert.True(unclear.Length == 0, $"[Stored] or [NotStored] has to be declared, once, at: {string.Join(", ", unclear)}.");
        Assert.DoesNotContain(Fields, property => property.GetCustomAttribute<NotStoredAttribute>() is { } not && string.IsNullOrWhiteSpace(not.Reason));
    }

    [Fact]
    [Trait("Feature", "A2")]
    public void Each_stored_property_comes_back_from_a_store()
    {
        var clock = new ManualTimeProvider();
        TokenSet full = Full(clock);
        TokenSet read = StoredTokens.Read(StoredTokens.Write(full, clock, full.Revision), clock, measuredSkew: null);
        Assert.Empty(Fields.Where(property => property.GetCustomAttribute<StoredAttribute>() is not null)
            .Where(property => !IsSame(property.GetValue(full), property.GetValue(read)))
            .Select(property => $"{property.Name} came back as {property.GetValue(read) ?? "null"}"));
    }

    [Fact]
    [Trait("Feature", "A2")]
    public void A_copy_has_every_property_of_its_original()
    {
        TokenSet full = Full(new ManualTimeProvider());
        TokenSet copy = full with { };
        Assert.All(Fields, property => Assert.Equal(property.GetValue(full), property.GetValue(copy)));
        Assert.NotEqual(full, copy);
    }

    // Every property has another value than by default, those added later too.
    private static TokenSet Full(ManualTimeProvider clock)
    {
        DateTimeOffset now = clock.GetUtcNow();
        var tokens = new TokenSet(clock, clock.GetTimestamp())
        {
            AccessToken = Secret.From("access"),
            IssuedOn = now,
            Lifetime = TimeSpan.FromMinutes(17),
            ExpiresOn = now.AddMinutes(17),
            SignInGrant = "sample",
        };
        foreach (PropertyInfo property in Fields.Where(property => !Times.Contains(property.Name)))
        {
            property.SetValue(tokens, SampleValues.For(property));
        }

        return tokens;
    }

    // Stores keep milliseconds.
    private static bool IsSame(object? one, object? other) => (one, other) switch
    {
        (Secret a, Secret b) => a.Reveal() == b.Reveal(),
        (IEnumerable<KeptValue> a, IEnumerable<KeptValue> b) => a.Select(Plain).SequenceEqual(b.Select(Plain)),
        (IEnumerable<string> a, IEnumerable<string> b) => a.SequenceEqual(b),
        (DateTimeOffset a, DateTimeOffset b) => (a - b).Duration() < TimeSpan.FromMilliseconds(2),
        (TimeSpan a, TimeSpan b) => (a - b).Duration() < TimeSpan.FromMilliseconds(2),
        _ => Equals(one, other),
    };

    private static (string, string?, string?) Plain(KeptValue value) => (value.Name, value.Text, value.Hidden?.Reveal());
}
