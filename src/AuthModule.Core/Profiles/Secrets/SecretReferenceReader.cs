using System;
using System.Collections.Generic;
using System.Linq;
using AuthModule.Json;
using AuthModule.Requests;

namespace AuthModule.Profiles.Secrets;

/// <summary>Reads where a secret is. A new kind of reference is a file and a line here.</summary>
internal static class SecretReferenceReader
{
    private static readonly (string Field, Func<LocatedObject, ProfileFolder, ISecretReference> Read)[] Kinds =
    [
        (EnvironmentReference.Field, EnvironmentReference.Read),
        (FileReference.Field, FileReference.Read),
        (CommandReference.Field, CommandReference.Read),
        (VaultReference.Field, VaultReference.Read),
    ];

    /// <exception cref="LocatedJsonException">A value in place of a reference (which is not repeated), or not exactly one reference.</exception>
    public static ISecretReference? Read(LocatedObject profile, string field, ProfileFolder folder)
    {
        if (profile.Find(field) is not { } value)
        {
            return null;
        }

        if (value.Kind != LocatedKind.Object)
        {
            throw new LocatedJsonException(
                value.Line,
                value.Path,
                "has to be an object that says where the secret is, not the secret itself: {\"env\":\"NAME\"}, {\"file\":\"PATH\"}, {\"command\":[...]} or {\"vault\":\"NAME\",\"secret\":\"NAME\"}");
        }

        var source = new LocatedObject(value);
        string[] named = [.. Kinds.Select(kind => kind.Field).Where(source.Has)];
        if (source.Has(VaultReference.SecretField) && !named.Contains(VaultReference.Field))
        {
            throw source.Fault(VaultReference.SecretField, "names a secret of a vault, and there is no vault beside it; a secret itself does not belong into this file");
        }

        source.RefuseOthers();
        return named.Length == 1
            ? Kinds.Single(kind => kind.Field == named[0]).Read(source, folder)
            : throw new LocatedJsonException(value.Line, value.Path, $"has to hold exactly one of {string.Join(", ", Kinds.Select(kind => kind.Field))}");
    }
}
