using System.Collections.Generic;
using System.Linq;
using AuthModule.Json;

namespace AuthModule.Providers;

/// <summary>Reads a description's <c>assertions</c>.</summary>
internal static class AssertionReader
{
    private const int Day = 86400;

    private static readonly string[] Algorithms = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA", "Ed25519", "HS256", "HS384", "HS512"];

    public static IReadOnlyList<AssertionDescription> ReadAll(LocatedObject root) =>
        [.. root.Map("assertions").Where(member => member.Value.Kind != LocatedKind.Null).Select(member => Read(member, root.Reading))];

    private static AssertionDescription Read(KeyValuePair<string, LocatedJson> member, Reading? reading)
    {
        var source = new LocatedObject(member.Value, reading);
        var assertion = new AssertionDescription(member.Key)
        {
            Algorithms = source.Texts("algorithm"),
            Lifetime = source.Integer("lifetime", 1, 366 * Day) ?? 300,
            Backdate = source.Integer("backdate", 0, Day) ?? 0,
            HasNotBefore = source.Flag("notBefore"),
            Header = FieldReader.ReadFields(source, "header") ?? [],
            Claims = FieldReader.ReadFields(source, "claims") ?? [],
        };
        if (assertion.Algorithms.FirstOrDefault(algorithm => !Algorithms.Contains(algorithm)) is { } other)
        {
            source.Report("algorithm", $"'{other}'{NearName.Hint(other, Algorithms)} is not one of {string.Join(", ", Algorithms)}");
        }

        if (!member.Key.All(TemplatePart.IsNameLetter))
        {
            source.Report(new LocatedJsonException(member.Value.Line, member.Value.Path, "is not a name that {jwt:NAME} can have"));
        }

        source.RefuseOthers();
        return assertion;
    }
}
