using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using AuthModule.Core.Tests.Support;
using AuthModule.Grants;
using AuthModule.Requests;
using AuthModule.Sessions;

namespace AuthModule.Core.Tests.Requests;

/// <summary>What of a request proves who asks is declared at each property, and the session's key is made of exactly that.</summary>
public sealed class RequestFieldTests
{
    private static readonly byte[] HashKey = new byte[32];

    private static readonly TokenRequest Plain = new() { Provider = "oauth2", Authority = "https://id.example", TokenEndpoint = "https://id.example/token", ClientId = "client" };

    // What a service is made of has to make one.
    private static readonly Dictionary<string, object> ServiceValues = new()
    {
        [nameof(TokenRequest.Provider)] = "oidc",
        [nameof(TokenRequest.Authority)] = "https://other.example",
        [nameof(TokenRequest.TokenEndpoint)] = "https://id.example/other",
        [nameof(TokenRequest.Grant)] = GrantNames.Password,
        [nameof(TokenRequest.Store)] = "file",
    };

    public static TheoryData<string, string> Properties => [.. Parts.SelectMany(part => part.GetProperties().Where(property => property.SetMethod is not null).Select(property => (part.Name, property.Name)))];

    private static Type[] Parts => [typeof(TokenRequest), typeof(GrantInput), typeof(ClientCredential)];

    [Theory]
    [Trait("Feature", "A2")]
    [MemberData(nameof(Properties))]
    public void Each_property_says_whether_it_tells_two_credentials_apart_and_the_key_heeds_it(string part, string name)
    {
        PropertyInfo property = Parts.Single(each => each.Name == part).GetProperty(name)!;
        Attribute[] classes = [.. property.GetCustomAttributes().Where(attribute => attribute is IdentityAttribute or ServiceIdentityAttribute or NoIdentityAttribute)];
        Assert.True(classes.Length == 1, $"{part}.{name} has to be declared as [Identity], [ServiceIdentity] or [NoIdentity], once.");

        AuthEngine engine = new EngineHost().Engine;
        (TokenRequest filled, Service service) = engine.Resolve(Plain);
        SessionKey before = KeyOf(filled, service);
        object value = ServiceValues.TryGetValue(name, out object? own) ? own : SampleValues.For(property, service);
        if (classes[0] is ServiceIdentityAttribute)
        {
            (TokenRequest request, Service other) = engine.Resolve(With(Plain, property, value));
            Assert.NotEqual(before, KeyOf(request, other));
            return;
        }

        SessionKey after = KeyOf(property.DeclaringType == typeof(GrantInput) ? filled with { Input = With(filled.Input, property, value) }
            : property.DeclaringType == typeof(ClientCredential) ? filled with { Client = With(filled.Client, property, value) }
            : With(filled, property, value), service);
        Assert.Equal(classes[0] is NoIdentityAttribute, before.Equals(after));
    }

    [Fact]
    [Trait("Feature", "A2")]
    public void No_two_properties_of_a_part_have_the_same_place_in_the_key()
    {
        foreach (Type part in Parts)
        {
            int[] places = [.. part.GetProperties().Select(property => property.GetCustomAttribute<IdentityAttribute>()?.Order).OfType<int>()];
            Assert.Equal(places.Distinct().Count(), places.Length);
        }
    }

    [Fact]
    [Trait("Feature", "A2")]
    public void Each_reason_against_identity_is_given()
    {
        Assert.DoesNotContain(
            Parts.SelectMany(part => part.GetProperties()).Select(property => property.GetCustomAttribute<NoIdentityAttribute>()).OfType<NoIdentityAttribute>(),
            attribute => string.IsNullOrWhiteSpace(attribute.Reason));
    }

    private static SessionKey KeyOf(TokenRequest request, Service service) =>
        SessionKey.Of(request, service, GrantRegistry.Find(request.Grant ?? GrantNames.ClientCredentials)!, HashKey, request.Store ?? "memory");

    // As "with" does, for a property that is known by name only.
    private static T With<T>(T record, PropertyInfo property, object value)
    {
        object copy = typeof(T).GetMethod("<Clone>$")!.Invoke(record, null)!;
        property.SetValue(copy, value);
        return (T)copy;
    }
}
