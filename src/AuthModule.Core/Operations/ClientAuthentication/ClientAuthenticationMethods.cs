using System;
using System.Collections.Generic;
using System.Linq;

namespace AuthModule.Operations.ClientAuthentication;

/// <summary>The list of methods, the preferred first. A new one is a file and a line here.</summary>
internal static class ClientAuthenticationMethods
{
    public static IReadOnlyList<IClientAuthenticationMethod> All { get; private set; } =
    [
        new BasicAuthentication(),
        new PostAuthentication(),
        new BasicPlainAuthentication(),
        new SecretJwtAuthentication(),
        new TlsAuthentication(),
        new PrivateKeyJwtAuthentication(),
        new WorkloadAuthentication(),
        new NoAuthentication(),
    ];

    /// <summary>One more, the least preferred, for code outside of the engine's sources.</summary>
    public static void Add(IClientAuthenticationMethod method) => All = [.. All, method];

    public static IClientAuthenticationMethod? Find(string name) =>
        All.FirstOrDefault(method => string.Equals(method.Name, name, StringComparison.OrdinalIgnoreCase));
}
