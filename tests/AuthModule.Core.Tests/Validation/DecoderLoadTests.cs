using System;
using System.Linq;
using System.Reflection;
using System.Runtime.Loader;
using AuthModule.TestKit.Jwts;
using AuthModule.TestKit.Time;
using Xunit;

namespace AuthModule.Core.Tests.Validation;

/// <summary>Decoding is on the way of every cached token: it must not pull in the libraries that verify.</summary>
public class DecoderLoadTests
{
    [Fact]
    public void Decoding_loads_no_library_of_others()
    {
        string engine = typeof(DecodedToken).Assembly.Location;
        var apart = new LoadApart(engine);
        Type decoder = apart.LoadFromAssemblyPath(engine).GetType("AuthModule.Jose.Tokens.JwtDecoder", throwOnError: true)!;
        object? claims = decoder.GetMethod("TryReadClaims")!.Invoke(null, [TestIssuer.Shared.Token(new ManualTimeProvider())]);

        Assert.NotNull(claims);
        Assert.Equal(["AuthModule.Core"], apart.Assemblies.Select(assembly => assembly.GetName().Name));

        // The same way of looking does see a library when one is needed.
        Type key = apart.Assemblies.First().GetType("AuthModule.Issuing.IssuerKey", throwOnError: true)!;
        key.GetMethod("Create")!.Invoke(null, ["ES256"]);
        Assert.Contains("Microsoft.IdentityModel.Tokens", apart.Assemblies.Select(assembly => assembly.GetName().Name));
        apart.Unload();
    }

    /// <summary>Loads what is beside the engine into itself, so that it can be seen what was needed.</summary>
    private sealed class LoadApart(string engine) : AssemblyLoadContext(isCollectible: true)
    {
        private readonly AssemblyDependencyResolver resolver = new(engine);

        protected override Assembly? Load(AssemblyName assemblyName) =>
            resolver.ResolveAssemblyToPath(assemblyName) is { } path ? LoadFromAssemblyPath(path) : null;
    }
}
