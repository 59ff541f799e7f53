using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Security.Cryptography.X509Certificates;
using AuthModule.Secrets;

namespace AuthModule.Requests;

/// <summary>The values of a part of a request that tell two credentials apart, as <see cref="IdentityAttribute"/> declares them.</summary>
internal static class RequestIdentity<T>
    where T : class
{
    private static readonly (Func<T, object?> Read, bool SignsIn)[] Fields =
    [
        .. typeof(T).GetProperties()
            .Select(property => (Property: property, Identity: property.GetCustomAttribute<IdentityAttribute>()))
            .Where(field => field.Identity is not null)
            .OrderBy(field => field.Identity!.Order)
            .Select(field => ((Func<T, object?>)field.Property.GetMethod!.CreateDelegate(typeof(Func<T, object?>)), field.Identity!.SignsIn)),
    ];

    /// <summary>In the declared order: a <see cref="Secret"/>, a text, or null.</summary>
    public static IEnumerable<object?> Of(T part) => Fields.Select(field => Value(field.Read(part)));

    /// <summary>Whether something to sign in with is there.</summary>
    public static bool SignsIn(T part) => Fields.Any(field => field.SignsIn && field.Read(part) is not null);

    private static object? Value(object? value) => value switch
    {
        null or string or Secret => value,
        AuthorizationRequest authorization => authorization.State,
        AuthIssuer issuer => issuer.InstanceId,
        IAssertionSource source => source.Name,
        X509Certificate2 certificate => certificate.Thumbprint,
        _ => throw new InvalidOperationException($"A {value.GetType().Name} has no form in a session's key."),
    };
}
