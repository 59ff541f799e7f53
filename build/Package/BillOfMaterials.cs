using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AuthModule.Package;

/// <summary>What is in the module that others made: CycloneDX 1.5, as JSON.</summary>
internal static class BillOfMaterials
{
    public const string FileName = "sbom.cdx.json";

    // Read by people as well: plus signs and the like stay what they are.
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(string version, IReadOnlyList<PackedLibrary> libraries, string moduleFolder)
    {
        string own = $"pkg:nuget/AuthModule@{version}";
        var components = new JsonArray([.. libraries.Select(library => Component(library, moduleFolder))]);
        var document = new JsonObject
        {
            ["bomFormat"] = "CycloneDX",
            ["specVersion"] = "1.5",
            // Of the contents, so that the same contents have the same number.
            ["serialNumber"] = "urn:uuid:" + NumberOf(own + components.ToJsonString()),
            ["version"] = 1,
            ["metadata"] = new JsonObject
            {
                ["component"] = new JsonObject
                {
                    ["type"] = "library",
                    ["bom-ref"] = own,
                    ["name"] = "AuthModule",
                    ["version"] = version,
                    ["licenses"] = new JsonArray(new JsonObject { ["license"] = new JsonObject { ["id"] = "MIT" } }),
                    ["purl"] = own,
                },
            },
            ["components"] = components,
            ["dependencies"] = new JsonArray(new JsonObject
            {
                ["ref"] = own,
                ["dependsOn"] = new JsonArray([.. libraries.Select(library => (JsonNode)PackageUrl(library))]),
            }),
        };
        return document.ToJsonString(Readable).ReplaceLineEndings("\n") + "\n";
    }

    private static string PackageUrl(PackedLibrary library) => $"pkg:nuget/{library.Name}@{library.Version}";

    private static JsonObject Component(PackedLibrary library, string moduleFolder)
    {
        var component = new JsonObject
        {
            ["type"] = "library",
            ["bom-ref"] = PackageUrl(library),
            ["name"] = library.Name,
            ["version"] = library.Version,
            ["hashes"] = new JsonArray(Hash("SHA-512", library.Sha512)),
            ["purl"] = PackageUrl(library),
            ["components"] = new JsonArray([.. library.Files.Select(file => new JsonObject
            {
                ["type"] = "file",
                ["name"] = file,
                ["hashes"] = new JsonArray(Hash("SHA-256", Checksums.Of(Path.Combine(moduleFolder, file)))),
            })]),
        };
        if (library.License is { } license)
        {
            component["licenses"] = new JsonArray(license.Kind switch
            {
                "expression" => new JsonObject { ["expression"] = license.Value },
                "url" => new JsonObject { ["license"] = new JsonObject { ["name"] = "see address", ["url"] = license.Value } },
                _ => new JsonObject { ["license"] = new JsonObject { ["name"] = license.Value, ["text"] = new JsonObject { ["content"] = license.Text } } },
            });
        }

        return component;
    }

    private static JsonObject Hash(string algorithm, string value) => new() { ["alg"] = algorithm, ["content"] = value };

    private static Guid NumberOf(string contents)
    {
        byte[] number = SHA256.HashData(Encoding.UTF8.GetBytes(contents))[..16];
        number[6] = (byte)((number[6] & 0x0F) | 0x80); // A UUID of version 8 (RFC 9562): its bits are the maker's.
        number[8] = (byte)((number[8] & 0x3F) | 0x80);
        return new Guid(number, bigEndian: true);
    }
}
