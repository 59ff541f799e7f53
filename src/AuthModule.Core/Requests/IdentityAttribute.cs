using System;

namespace AuthModule.Requests;

/// <summary>
/// A property that tells two credentials apart: it is part of the session's key, so that nobody gets the token of another. Every
/// property of a request has this, <see cref="ServiceIdentityAttribute"/> or <see cref="NoIdentityAttribute"/>; a test fails for one without.
/// </summary>
/// <param name="order">Its place in the key. Keys name entries of shared stores, so places never change; a new property takes the next one.</param>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class IdentityAttribute(int order) : Attribute
{
    public int Order { get; } = order;

    /// <summary>Whether whoever brings it brings something to sign in with.</summary>
    public bool SignsIn { get; set; }
}

/// <summary>A property that counts as what it makes of the service: address, endpoint, parameters.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ServiceIdentityAttribute : Attribute;

/// <summary>A property that does not tell two credentials apart.</summary>
/// <param name="reason">Why two calls that differ in it may share a token.</param>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class NoIdentityAttribute(string reason) : Attribute
{
    public string Reason { get; } = reason;
}
