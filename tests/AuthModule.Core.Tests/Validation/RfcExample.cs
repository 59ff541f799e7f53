using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using AuthModule.Jose.Tokens;
using AuthModule.Text;

namespace AuthModule.Core.Tests.Validation;

/// <summary>One example of an RFC, from the data file of that RFC; its name is the RFC and the section.</summary>
internal sealed class RfcExample
{
    private readonly Dictionary<string, object?> members;

    private RfcExample(Dictionary<string, object?> members) => this.members = members;

    public Dictionary<string, object?>? Key => members.GetValueOrDefault("key") as Dictionary<string, object?>;

    public Dictionary<string, object?>? DecryptionKey => members.GetValueOrDefault("decryptionKey") as Dictionary<string, object?>;

    public string? RefusedAs => members.GetValueOrDefault("refusedAs") as string;

    public string? Issuer => members.GetValueOrDefault("issuer") as string;

    public static Dictionary<string, RfcExample> Read(string kind)
    {
        var examples = new Dictionary<string, RfcExample>();
        foreach (string file in (string[])["rfc7515.json", "rfc7519.json", "rfc7520.json", "rfc8037.json"])
        {
            using Stream stream = typeof(RfcExample).Assembly.GetManifestResourceStream(file)!;
            using var copy = new MemoryStream();
            stream.CopyTo(copy);
            Dictionary<string, object?> document = PlainValues.TryReadObject(copy.ToArray(), out string fault) ?? throw new InvalidDataException($"{file} {fault}");
            foreach (Dictionary<string, object?> example in ((object?[])document[kind]!).Cast<Dictionary<string, object?>>())
            {
                examples.Add($"{document["document"]}, section {example["section"]}: {example["title"]}", new RfcExample(example));
            }
        }

        return examples;
    }

    public string Text(string name) => (string)members[name]!;

    public byte[] Bytes(string name) => Base64Url.TryDecode(Text(name), out byte[] bytes) ? bytes : throw new FormatException(name);
}
