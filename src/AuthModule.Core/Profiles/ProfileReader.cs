using System;
using System.Collections.Generic;
using System.Linq;
using AuthModule.Errors;
using AuthModule.Json;
using AuthModule.Platform;
using AuthModule.Profiles.Chain;

namespace AuthModule.Profiles;

/// <summary>Reads a profile file and tells what it does not understand, with file, line and field. No value is repeated.</summary>
internal static class ProfileReader
{
    private const string Profiles = "profiles";

    /// <param name="utf8">The file's bytes.</param>
    /// <param name="file">The file, for messages and relative paths.</param>
    /// <param name="environment">For the user's folder.</param>
    /// <exception cref="ConfigurationException">InvalidProfile: it is no profile file at all.</exception>
    public static ProfileFile Read(byte[] utf8, string file, IEnvironment environment)
    {
        try
        {
            var twins = new List<LocatedJsonException>();
            var reading = new Reading();
            LocatedJson json = LocatedJson.Parse(utf8, twins);
            if (json.Kind != LocatedKind.Object)
            {
                throw new LocatedJsonException(json.Line, json.Path, "has to be an object");
            }

            var root = new LocatedObject(json, reading);
            if (!root.Has(Profiles))
            {
                throw root.Fault(Profiles, "is missing");
            }

            var folder = new ProfileFolder(file, environment);
            IReadOnlyList<KeyValuePair<string, LocatedJson>> members = new LocatedObject(json).Map(Profiles);
            List<ProfileEntry> entries = [.. members.Select(member => Read(member.Key, member.Value, members, twins, file, folder))];
            root.RefuseOthers();
            return new ProfileFile(entries, [.. reading.Faults.Select(fault => Fault(file, [fault]))]);
        }
        catch (LocatedJsonException fault)
        {
            throw Fault(file, [fault]);
        }
    }

    private static ProfileEntry Read(
        string name,
        LocatedJson value,
        IReadOnlyList<KeyValuePair<string, LocatedJson>> all,
        List<LocatedJsonException> twins,
        string file,
        ProfileFolder folder)
    {
        var reading = new Reading();
        var source = new LocatedObject(value, reading);
        if (name.Trim().Length == 0 || name.Any(char.IsControl))
        {
            reading.Add(new LocatedJsonException(value.Line, Profiles, "holds a profile without a name that can be written"));
        }

        // -Profile does not tell upper from lower case.
        if (all.Count(other => string.Equals(other.Key, name, StringComparison.OrdinalIgnoreCase)) > 1)
        {
            reading.Add(new LocatedJsonException(value.Line, value.Path, $"holds profile '{name}' twice, in other letters"));
        }

        foreach (LocatedJsonException twin in twins.Where(twin => twin.Path == value.Path || twin.Path.StartsWith(value.Path + ".", StringComparison.Ordinal)))
        {
            reading.Add(twin);
        }

        ProfileDescription profile = new ProfileFields(name, source, file, folder).Read();
        profile = profile with { Chain = ChainReader.Read(source, profile, file, folder) };
        profile = profile with { Grant = reading.Try(() => ProfileSignIn.Of(source, profile), null) };
        source.RefuseOthers();
        return new ProfileEntry(profile, reading.Faults.Count == 0 ? null : Fault(file, reading.Faults));
    }

    private static AuthException Fault(string file, IReadOnlyList<LocatedJsonException> faults) =>
        AuthError.Create(AuthErrorId.InvalidProfile, $"{file}, {string.Join("; ", faults.Select(fault => fault.Message))}.");
}
