using System;
using System.Collections.Generic;
using System.Reflection;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.AssertionSources;
using AuthModule.Http;
using AuthModule.Requests;
using AuthModule.Secrets;
using AuthModule.Stores;
using AuthModule.Tokens;

namespace AuthModule.Core.Tests.Requests;

/// <summary>A value for a property of any type that requests have, other than what it has by default.</summary>
internal static class SampleValues
{
    /// <exception cref="NotSupportedException">A type that no property had so far: add it here.</exception>
    public static object For(PropertyInfo property, Service? service = null)
    {
        Type type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        return type == typeof(string) ? "sample-" + property.Name
            : type == typeof(Secret) ? Secret.From("sample-" + property.Name)
            : type == typeof(bool) ? true
            : type == typeof(TimeSpan) ? TimeSpan.FromSeconds(4711)
            : type == typeof(DateTimeOffset) ? DateTimeOffset.UnixEpoch.AddYears(80)
            : type == typeof(IReadOnlyList<string>) ? new[] { "sample-" + property.Name }
            : type == typeof(IReadOnlyDictionary<string, string>) ? new Dictionary<string, string> { ["sample"] = "value" }
            : type == typeof(IReadOnlyDictionary<string, Secret>) ? new Dictionary<string, Secret> { ["sample"] = Secret.From("sample-secret") }
            : type == typeof(IReadOnlyList<KeptValue>) ? new[] { new KeptValue("sample", "value", null), new KeptValue("hidden", null, Secret.From("sample-kept")) }
            : type == typeof(EntryRevision) ? new EntryRevision("sample-line", 4711)
            : type == typeof(Func<string, CancellationToken, Task<Secret?>>) ? (Func<string, CancellationToken, Task<Secret?>>)((_, _) => Task.FromResult<Secret?>(null))
            : type == typeof(TransportSettings) ? TransportSettings.Default with { Timeout = TimeSpan.FromSeconds(4711) }
            : type == typeof(IAssertionSource) ? new FileAssertionSource("/sample/token")
            : type == typeof(X509Certificate2) ? Certificate()
            : type == typeof(DecryptionKeyPlace) ? new DecryptionKeyPlace("/sample/key", Secret.From("sample-password"))
            : type == typeof(AuthIssuer) ? new AuthIssuer(new MemoryStore(TimeProvider.System))
            : type == typeof(AuthorizationRequest) ? Authorization(service!)
            : type == typeof(GrantInput) ? new GrantInput { UserName = "sample" }
            : type == typeof(ClientCredential) ? new ClientCredential { Secret = Secret.From("sample") }
            : type == typeof(IReadOnlyList<ProfileSecret>) ? Array.Empty<ProfileSecret>()
            : throw new NotSupportedException($"{property.DeclaringType?.Name}.{property.Name} is a {type.Name}.");
    }

    private static AuthorizationRequest Authorization(Service service) => new(new TokenRequest(), service, Secret.From("sample-verifier"))
    {
        Url = service.Address,
        State = "sample-state",
        RedirectUri = service.Address,
        CreatedOn = DateTimeOffset.UnixEpoch,
    };

    private static X509Certificate2 Certificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return new CertificateRequest("CN=sample", key, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UtcNow, DateTimeOffset.UtcNow.AddDays(1));
    }
}
