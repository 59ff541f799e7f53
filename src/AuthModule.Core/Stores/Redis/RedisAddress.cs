using System;
using System.Globalization;
using AuthModule.Errors;
using AuthModule.Platform;
using AuthModule.Secrets;

namespace AuthModule.Stores.Redis;

/// <summary>
/// <c>redis://[user[:password]@]host[:port][/database][?prefix=TEXT&amp;ca=FILE]</c>, or <c>rediss://</c> for TLS. What is left out
/// comes from <c>REDIS_HOST</c>, <c>REDIS_PORT</c> and <c>REDIS_PASSWORD</c>.
/// </summary>
internal sealed record RedisAddress
{
    public const int DefaultPort = 6379;
    public const string DefaultPrefix = "authmodule:";

    public required string Host { get; init; }

    public int Port { get; init; } = DefaultPort;

    public int Database { get; init; }

    public bool UsesTls { get; init; }

    public string? UserName { get; init; }

    public Secret? Password { get; init; }

    /// <summary>Before every key, so that several applications can share a database.</summary>
    public string Prefix { get; init; } = DefaultPrefix;

    /// <summary>A PEM file with the only authorities to trust; null trusts the system's.</summary>
    public string? CaCertificate { get; init; }

    /// <summary>The address without user, password and options.</summary>
    public string Name => FormattableString.Invariant($"{(UsesTls ? "rediss" : "redis")}://{(Host.Contains(':') ? $"[{Host}]" : Host)}:{Port}/{Database}");

    /// <exception cref="ConfigurationException">InvalidUrl. The text is not quoted: it may hold a password.</exception>
    public static RedisAddress Parse(string text, IEnvironment environment)
    {
        bool usesTls = text.StartsWith("rediss", StringComparison.OrdinalIgnoreCase);
        int colon = text.IndexOf(':');
        string rest = colon < 0 ? string.Empty : text.Substring(colon + 1);
        rest = rest.StartsWith("//", StringComparison.Ordinal) ? rest.Substring(2) : rest;
        int end = rest.IndexOfAny(['/', '?']);
        string server = end < 0 ? rest : rest.Substring(0, end);
        if (server.Length == 0 || server.EndsWith('@'))
        {
            server += environment.Get("REDIS_HOST") ?? "localhost";
        }

        string whole = "redis://" + server + (end < 0 ? string.Empty : rest.Substring(end));
        if (!Uri.TryCreate(whole, UriKind.Absolute, out Uri? url) || url.Host.Length == 0 || url.Fragment.Length > 0)
        {
            throw Invalid("It is not an address");
        }

        (string? user, string? password) = SplitUser(url.UserInfo);
        var address = new RedisAddress
        {
            Host = url.DnsSafeHost,
            Port = url.IsDefaultPort || url.Port <= 0 ? PortFromEnvironment(environment) : url.Port,
            Database = ReadDatabase(url.AbsolutePath),
            UsesTls = usesTls,
            UserName = user,
            Password = Secret.FromOptional(password ?? environment.Get("REDIS_PASSWORD")),
        };
        return ReadOptions(address, url.Query);
    }

    private static (string? User, string? Password) SplitUser(string userInfo)
    {
        if (userInfo.Length == 0)
        {
            return default;
        }

        int colon = userInfo.IndexOf(':');
        string user = Uri.UnescapeDataString(colon < 0 ? userInfo : userInfo.Substring(0, colon));
        return (user.Length == 0 ? null : user, colon < 0 ? null : Uri.UnescapeDataString(userInfo.Substring(colon + 1)));
    }

    private static int PortFromEnvironment(IEnvironment environment) =>
        environment.Get("REDIS_PORT") is not { } text ? DefaultPort
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int port) && port is > 0 and <= 65535 ? port
        : throw Invalid("REDIS_PORT is not a port");

    private static int ReadDatabase(string path)
    {
        string text = path.Trim('/');
        return text.Length == 0 ? 0
            : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int database) ? database
            : throw Invalid("What follows the host is not the number of a database");
    }

    private static RedisAddress ReadOptions(RedisAddress address, string query)
    {
        foreach (string pair in query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            int equals = pair.IndexOf('=');
            string name = equals < 0 ? pair : pair.Substring(0, equals);
            string value = equals < 0 ? string.Empty : Uri.UnescapeDataString(pair.Substring(equals + 1));
            address = name switch
            {
                "prefix" when value.Length > 0 => address with { Prefix = value },
                "ca" when value.Length > 0 => address with { CaCertificate = value },
                _ => throw Invalid("It has an option other than prefix=TEXT and ca=FILE, or an empty one"),
            };
        }

        return address;
    }

    private static AuthException Invalid(string fault) => AuthError.Create(
        AuthErrorId.InvalidUrl,
        $"The address of the Redis store is not usable. {fault}.",
        "Write redis://HOST:PORT/DATABASE, or rediss:// for TLS; user and password go before the host or into REDIS_PASSWORD.");
}
