using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;

namespace AuthModule.Cli.Helpers;

/// <summary>The protocol of Docker's credential helpers: a server's address in, JSON out (docker-credential-helpers).</summary>
internal static class DockerCredential
{
    /// <summary>By these words a client knows that it has to go on without; they are printed on standard output.</summary>
    public const string NotFound = "credentials not found in native keychain";

    private const int LongestInput = 64 * 1024;

    /// <summary>The address that 'get' and 'erase' name.</summary>
    public static string ReadServer(TextReader input) => ReadInput(input).Trim();

    public static string ReadInput(TextReader input)
    {
        char[] buffer = new char[LongestInput];
        return new string(buffer, 0, input.ReadBlock(buffer, 0, buffer.Length));
    }

    public static Dictionary<string, object?> Answer(string server, TokenChoice choice, string userName) => new()
    {
        ["ServerURL"] = server,
        ["Username"] = userName,
        ["Secret"] = choice.Text,
    };

    public static Dictionary<string, object?> List(ServedHosts hosts, string userName) => hosts.Names.ToDictionary(static name => "https://" + name, _ => (object?)userName);

    /// <summary>The server of what 'store' is given; null where that cannot be read.</summary>
    public static string? ServerOf(string stored)
    {
        try
        {
            return JsonSerializer.Deserialize<JsonElement>(stored).TryGetProperty("ServerURL", out JsonElement server) ? server.GetString() : null;
        }
        catch (System.Exception cause) when (cause is JsonException or System.InvalidOperationException)
        {
            return null;
        }
    }
}
