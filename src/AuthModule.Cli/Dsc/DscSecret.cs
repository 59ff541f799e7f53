using System.IO;
using System.Linq;
using AuthModule.Json;
using AuthModule.Platform;
using AuthModule.Secrets;

namespace AuthModule.Cli.Dsc;

/// <summary>A secret of an instance: where it is, or itself as the engine hands over a secure parameter.</summary>
internal static class DscSecret
{
    private const long LongestFile = 256 * 1024;

    /// <returns>Null where the instance says nothing.</returns>
    /// <exception cref="LocatedJsonException">The form is none of those; no value is in the message.</exception>
    public static Secret? Read(LocatedObject json, string name, IEnvironment environment)
    {
        if (json.Find(name) is not { } value)
        {
            return null;
        }

        if (value.Kind == LocatedKind.Text)
        {
            return Secret.FromOptional(value.Text);
        }

        if (value.Kind != LocatedKind.Object || value.Members.Count != 1 || value.Members[0].Value.Kind != LocatedKind.Text)
        {
            throw json.Fault(name, "has to be one of { \"env\": NAME }, { \"file\": PATH }, { \"secureString\": ... } or a text");
        }

        string text = value.Members.Single().Value.Text;
        return value.Members.Single().Key switch
        {
            "secureString" => Secret.FromOptional(text),
            "env" => Secret.FromOptional(environment.Get(text)) ?? throw json.Fault(name, $"names the environment variable {text}, which is not set"),
            "file" => ReadFile(json, name, text),
            _ => throw json.Fault(name, "has to be one of { \"env\": NAME }, { \"file\": PATH }, { \"secureString\": ... } or a text"),
        };
    }

    private static Secret ReadFile(LocatedObject json, string name, string path)
    {
        try
        {
            return new FileInfo(path).Length <= LongestFile && Secret.FromOptional(File.ReadAllText(path).TrimEnd('\r', '\n')) is { } secret
                ? secret
                : throw json.Fault(name, "names a file that is empty or too long to be a secret");
        }
        catch (System.Exception cause) when (cause is IOException or System.UnauthorizedAccessException)
        {
            throw json.Fault(name, $"names a file that cannot be read ({cause.GetType().Name})");
        }
    }
}
