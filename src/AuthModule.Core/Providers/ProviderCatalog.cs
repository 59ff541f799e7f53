using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using AuthModule.Errors;
using AuthModule.Json;
using AuthModule.Text;

namespace AuthModule.Providers;

/// <summary>The providers that are known: those in the assembly, each read when first asked for, and those that users register.</summary>
internal sealed class ProviderCatalog
{
    private const string ResourcePrefix = "provider:";
    private const long LongestFile = 1024 * 1024;

    private static readonly Assembly Here = typeof(ProviderCatalog).Assembly;
    private static readonly ConcurrentDictionary<string, AuthProvider> BuiltIn = new(StringComparer.OrdinalIgnoreCase);

    private readonly ConcurrentDictionary<string, AuthProvider> registered = new(StringComparer.OrdinalIgnoreCase);

    public static IEnumerable<string> BuiltInNames => Here.GetManifestResourceNames()
        .Where(name => name.StartsWith(ResourcePrefix, StringComparison.Ordinal))
        .Select(name => Path.GetFileNameWithoutExtension(name.Substring(ResourcePrefix.Length)));

    public IReadOnlyList<AuthProvider> All =>
        [.. Names.OrderBy(name => name, StringComparer.OrdinalIgnoreCase).Select(Get)];

    // Names alone: no description is read for them.
    private IEnumerable<string> Names => BuiltInNames.Concat(registered.Keys).Distinct(StringComparer.OrdinalIgnoreCase);

    /// <exception cref="ConfigurationException">UnknownProvider.</exception>
    public AuthProvider Get(string name) =>
        Find(name) ?? throw AuthError.Create(AuthErrorId.UnknownProvider, $"There is no provider '{name}'{NearName.Hint(name, Names)}.");

    public AuthProvider? Find(string name)
    {
        if (registered.TryGetValue(name, out AuthProvider? own) || BuiltIn.TryGetValue(name, out own))
        {
            return own;
        }

        string? resource = BuiltInNames.FirstOrDefault(known => string.Equals(known, name, StringComparison.OrdinalIgnoreCase));
        return resource is null ? null : BuiltIn.GetOrAdd(resource, ReadBuiltIn);
    }

    /// <summary>Reads a description from a file; one of the same name is replaced.</summary>
    /// <exception cref="ConfigurationException">InvalidProvider; the catalog is as it was.</exception>
    public AuthProvider Register(string path)
    {
        try
        {
            var file = new FileInfo(path);
            if (file.Exists && file.Length > LongestFile)
            {
                throw AuthError.Create(AuthErrorId.InvalidProvider, $"{path} is longer than {LongestFile / 1024} KiB and cannot be a description.");
            }

            return Register(DescriptionReader.Read(TextFile.ToUtf8(File.ReadAllBytes(path)), path));
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            throw AuthError.Create(AuthErrorId.InvalidProvider, $"The description {path} cannot be read: {cause.Message}", new ErrorDetails { Cause = cause });
        }
    }

    public AuthProvider Register(ProviderDescription description)
    {
        var provider = new AuthProvider(description, isBuiltIn: false);
        registered[description.Name] = provider;
        return provider;
    }

    /// <summary>Forgets a registered provider; built-in ones stay.</summary>
    /// <exception cref="ConfigurationException">UnknownProvider: nothing of that name was registered.</exception>
    public void Unregister(string name)
    {
        RequireRegistered(name);
        registered.TryRemove(name, out _);
    }

    /// <exception cref="ConfigurationException">UnknownProvider: nothing of that name was registered.</exception>
    public void RequireRegistered(string name)
    {
        if (!registered.ContainsKey(name))
        {
            throw AuthError.Create(
                AuthErrorId.UnknownProvider,
                Find(name) is null ? $"There is no provider '{name}'." : $"Provider '{name}' is built in and cannot be unregistered.");
        }
    }

    private static AuthProvider ReadBuiltIn(string name)
    {
        string resource = $"{ResourcePrefix}{name}.json";
        using Stream stream = Here.GetManifestResourceStream(resource)!;
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return new AuthProvider(DescriptionReader.Read(bytes.ToArray(), "built-in"), isBuiltIn: true);
    }
}
