using System.IO;

namespace AuthModule.Cli.Dsc;

/// <summary>The JSON schema of an instance.</summary>
internal static class DscSchema
{
    private const string Resource = "authtoken.schema.json";

    /// <summary>With a line break at its end.</summary>
    public static string Text
    {
        get
        {
            using Stream stream = typeof(DscSchema).Assembly.GetManifestResourceStream(Resource)!;
            using var reader = new StreamReader(stream);
            return reader.ReadToEnd().TrimEnd() + "\n";
        }
    }
}
