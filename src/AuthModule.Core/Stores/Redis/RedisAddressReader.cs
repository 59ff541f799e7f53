using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using AuthModule.Errors;
using AuthModule.Platform;
using AuthModule.Secrets;

namespace AuthModule.Stores.Redis;

/// <summary>Reads addresses of Redis stores. What one leaves out comes from <c>REDIS_HOST</c>, <c>REDIS_PORT</c> and <c>REDIS_PASSWORD</c>.</summary>
internal static class RedisAddressReader
{
    private const string Options = "prefix, ca, cert, key, servername, protocol, passwordProfile";

    /// <exception cref="ConfigurationException">InvalidUrl. The text is not quoted: it may hold a password.</exception>
    public static RedisAddress Read(string text, IEnvironment environment)
    {
        int colon = text.IndexOf(':');
        string scheme = (colon < 0 ? text : text.Substring(0, colon)).ToUpperInvariant();
        bool isSentinel = scheme.EndsWith("-SENTINEL", StringComparison.Ordinal);
        string rest = colon < 0 ? string.Empty : text.Substring(colon + 1);
        rest = rest.StartsWith("//", StringComparison.Ordinal) ? rest.Substring(2) : rest;

        // A password may hold any letters: the last @ before the options ends it. Only %, ? and what else is written as %xx there is read back.
        int query = rest.IndexOf('?');
        string front = query < 0 ? rest : rest.Substring(0, query);
        int at = front.LastIndexOf('@');
        string server = front.Substring(at + 1);
        int slash = server.IndexOf('/');
        string hosts = slash < 0 ? server : server.Substring(0, slash);
        string[] path = [.. (slash < 0 ? string.Empty : server.Substring(slash + 1)).Split('/').Where(part => part.Length > 0)];

        (string? user, string? password) = SplitUser(at < 0 ? string.Empty : front.Substring(0, at));
        var address = new RedisAddress
        {
            Hosts = ReadHosts(hosts, isSentinel, environment),
            Service = isSentinel ? ReadService(path) : null,
            Database = ReadDatabase(isSentinel ? path.Skip(1) : path),
            UsesTls = scheme.StartsWith("REDISS", StringComparison.Ordinal),
            UserName = user,
            Password = Secret.FromOptional(password),
        };
        address = ReadOptions(address, query < 0 ? string.Empty : rest.Substring(query + 1));
        return Checked(address.Password is null && address.PasswordProfile is null
            ? address with { Password = Secret.FromOptional(environment.Get("REDIS_PASSWORD")) }
            : address);
    }

    private static (string? User, string? Password) SplitUser(string userInfo)
    {
        int colon = userInfo.IndexOf(':');
        string user = Uri.UnescapeDataString(colon < 0 ? userInfo : userInfo.Substring(0, colon));
        string password = colon < 0 ? string.Empty : Uri.UnescapeDataString(userInfo.Substring(colon + 1));
        return (user.Length == 0 ? null : user, password.Length == 0 ? null : password);
    }

    private static RedisHost[] ReadHosts(string text, bool isSentinel, IEnvironment environment)
    {
        if (isSentinel)
        {
            return text.Length > 0 ? [.. text.Split(',').Select(host => ReadHost(host, RedisAddress.DefaultSentinelPort))] : throw Invalid("It names no sentinel");
        }

        int port = PortFromEnvironment(environment);
        return text.Length > 0 ? [.. text.Split(',').Select(host => ReadHost(host, port))]
            : text.StartsWith(':') ? throw Invalid("It is not an address")
            : [HostFromEnvironment(environment, port)];
    }

    private static RedisHost ReadHost(string text, int defaultPort) => RedisHost.TryRead(text, defaultPort) ?? throw Invalid("It is not an address");

    // An address of IPv6 is written there without brackets too.
    private static RedisHost HostFromEnvironment(IEnvironment environment, int port)
    {
        string host = environment.Get("REDIS_HOST") ?? "localhost";
        return RedisHost.TryRead(host, port) ?? RedisHost.TryRead($"[{host}]", port) ?? throw Invalid("REDIS_HOST is not a host");
    }

    private static int PortFromEnvironment(IEnvironment environment) =>
        environment.Get("REDIS_PORT") is not { } text ? RedisAddress.DefaultPort
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int port) && port is > 0 and <= 65535 ? port
        : throw Invalid("REDIS_PORT is not a port");

    private static string ReadService(string[] path) =>
        path.Length > 0 ? Uri.UnescapeDataString(path[0]) : throw Invalid("What follows the sentinels is not the name of their service");

    private static int ReadDatabase(IEnumerable<string> path)
    {
        string[] parts = [.. path];
        return parts.Length == 0 ? 0
            : parts.Length == 1 && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out int database) ? database
            : throw Invalid("What follows the host is not the number of a database");
    }

    private static RedisAddress ReadOptions(RedisAddress address, string query)
    {
        foreach (string pair in query.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            int equals = pair.IndexOf('=');
            string value = equals < 0 ? string.Empty : Uri.UnescapeDataString(pair.Substring(equals + 1));
            address = (equals < 0 ? pair : pair.Substring(0, equals)) switch
            {
                _ when value.Length == 0 => throw Invalid($"An option is empty or none of {Options}"),
                "prefix" => address with { Prefix = value },
                "ca" => address with { CaCertificate = value },
                "cert" => address with { Certificate = value },
                "key" => address with { CertificateKey = value },
                "servername" => address with { ServerName = value },
                "protocol" when value is "2" or "3" => address with { Protocol = value[0] - '0' },
                "passwordProfile" => address with { PasswordProfile = value },
                _ => throw Invalid($"It has an option other than {Options}, or one with a value that it cannot have"),
            };
        }

        return address;
    }

    private static RedisAddress Checked(RedisAddress address)
    {
        if (!address.UsesTls && (address.Certificate ?? address.CertificateKey ?? address.ServerName) is not null)
        {
            throw Invalid("cert, key and servername are for rediss://, which speaks TLS");
        }

        if (address.CertificateKey is not null && address.Certificate is null)
        {
            throw Invalid("key belongs to a certificate: cert names its file");
        }

        if (address.PasswordProfile is not null && address.Password is not null)
        {
            throw Invalid("It has a password and a profile that gives one");
        }

        // Keys and locks of an entry have to be in one slot of a cluster; a brace that is left open would part them.
        int open = address.Prefix.IndexOf('{');
        return open < 0 || address.Prefix.IndexOf('}', open) > open + 1 ? address : throw Invalid("The prefix has a brace that is not closed, or nothing in braces");
    }

    private static AuthException Invalid(string fault) => AuthError.Create(
        AuthErrorId.InvalidUrl,
        $"The address of the Redis store is not usable. {fault}.",
        "Write redis://HOST:PORT/DATABASE, rediss:// for TLS, or redis-sentinel://HOST,HOST/SERVICE/DATABASE; user and password go before the host or into REDIS_PASSWORD.");
}
