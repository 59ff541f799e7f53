using System;
using System.Collections.Generic;
using System.Linq;
using AuthModule.Platform;
using AuthModule.Secrets;

namespace AuthModule.Stores.Redis;

/// <summary>
/// Where a Redis is and how it is spoken to: <c>redis://[user[:password]@]host[:port][,host[:port]...][/database][?options]</c>,
/// <c>rediss://</c> for TLS; <c>redis-sentinel://</c> and <c>rediss-sentinel://</c> name sentinels and, after the slash, their
/// service: <c>/SERVICE[/DATABASE]</c>.
/// </summary>
internal sealed record RedisAddress
{
    public const int DefaultPort = 6379;
    public const int DefaultSentinelPort = 26379;
    public const string DefaultPrefix = "authmodule:";

    /// <summary>One at least. More are nodes of the same Redis: whichever answers tells who takes writes.</summary>
    public required IReadOnlyList<RedisHost> Hosts { get; init; }

    /// <summary>What the sentinels call the primary; null where the hosts are servers themselves.</summary>
    public string? Service { get; init; }

    public int Database { get; init; }

    public bool UsesTls { get; init; }

    public string? UserName { get; init; }

    public Secret? Password { get; init; }

    /// <summary>A profile whose access token is the password; null where <see cref="Password"/> is.</summary>
    public string? PasswordProfile { get; init; }

    /// <summary>Before every key, so that several applications can share a database.</summary>
    public string Prefix { get; init; } = DefaultPrefix;

    /// <summary>A PEM file with the only authorities to trust; null trusts the system's.</summary>
    public string? CaCertificate { get; init; }

    /// <summary>A PEM or PFX file with the client's certificate; null shows none.</summary>
    public string? Certificate { get; init; }

    /// <summary>The PEM file with the certificate's key; null where the key is in the same file.</summary>
    public string? CertificateKey { get; init; }

    /// <summary>The name that the servers' certificates must have, sent as SNI; null takes the host's.</summary>
    public string? ServerName { get; init; }

    /// <summary>2 or 3 where the address says which RESP to speak; null leaves it to the library.</summary>
    public int? Protocol { get; init; }

    public bool IsSentinel => Service is not null;

    /// <summary>The address without user, password and options.</summary>
    public string Name => FormattableString.Invariant(
        $"{(UsesTls ? "rediss" : "redis")}{(IsSentinel ? "-sentinel" : string.Empty)}://{string.Join(",", Hosts)}{(IsSentinel ? "/" + Service : string.Empty)}/{Database}");

    /// <summary>The same for what one connection serves, whatever database and prefix. Only this process can compare it.</summary>
    public string ConnectionIdentity => ProcessHash.Of(string.Join("\n", Parts()));

    /// <summary>The same for the same store. Only this process can compare it.</summary>
    public string Identity => ProcessHash.Of(string.Join("\n", Parts().Append(Prefix).Append(FormattableString.Invariant($"{Database}"))));

    /// <exception cref="ConfigurationException">InvalidUrl. The text is not quoted: it may hold a password.</exception>
    public static RedisAddress Parse(string text, IEnvironment environment) => RedisAddressReader.Read(text, environment);

    // Each with its length, so that no two addresses read the same.
    private IEnumerable<string> Parts() =>
        new[]
        {
            UsesTls ? "tls" : string.Empty, string.Join(",", Hosts), Service, UserName, Password?.Reveal(), PasswordProfile,
            CaCertificate, Certificate, CertificateKey, ServerName, FormattableString.Invariant($"{Protocol}"),
        }.Select(part => part is null ? "-" : FormattableString.Invariant($"{part.Length}:{part}"));
}
