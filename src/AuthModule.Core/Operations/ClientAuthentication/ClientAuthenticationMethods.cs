using System;
using System.Collections.Generic;
using System.Linq;

namespace AuthModule.Operations.ClientAuthentication;

/// <summary>The list of methods, the preferred first. A new one is a file and a line here.</summary>
internal static class ClientAuthenticationMethods
{
    public static IReadOnlyList<IClientAuthenticationMethod> All { get; } =
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

    public static IClientAuthenticationMethod? Find(string name) =>
        All.FirstOrDefault(method => string.Equals(method.Name, name, StringComparison.OrdinalIgnoreCase));
}
