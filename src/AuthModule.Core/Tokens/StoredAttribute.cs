using System;

namespace AuthModule.Tokens;

/// <summary>
/// A property of what is written to stores, which comes back from them. Every property of a <see cref="TokenSet"/> has this or
/// <see cref="NotStoredAttribute"/>; a test fails for one without, and for one that does not come back.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class StoredAttribute : Attribute;

/// <summary>A property that is not written to stores.</summary>
/// <param name="reason">Why nobody misses it.</param>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class NotStoredAttribute(string reason) : Attribute
{
    public string Reason { get; } = reason;
}
