using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using AuthModule.Errors;
using AuthModule.Json;
using AuthModule.Platform;
using AuthModule.Text;

namespace AuthModule.Profiles;

/// <summary>The profiles of the user's file. It is read at each call: it is small, and a change counts at once.</summary>
internal sealed class ProfileCatalog(IEnvironment environment)
{
    public const int LongestFile = 1024 * 1024;

    /// <summary>Those that can be used, in the order of their names; empty where there is no file.</summary>
    /// <exception cref="ConfigurationException">InvalidProfile: the file cannot be read or is none, or AUTHMODULE_CONFIG names none.</exception>
    public IReadOnlyList<ProfileDescription> All => [.. Read().Profiles.OrderBy(profile => profile.Name, StringComparer.OrdinalIgnoreCase)];

    /// <summary>The whole file, also what is wrong in it; empty where there is none.</summary>
    /// <exception cref="ConfigurationException">As <see cref="All"/>.</exception>
    public ProfileFile Read() => ReadFile(ProfilePlace.Of(environment)) ?? ProfileFile.Empty;

    /// <exception cref="ConfigurationException">InvalidProfile: there is none of that name, or it or the file has a fault.</exception>
    public ProfileDescription Get(string name)
    {
        string? file = ProfilePlace.Of(environment);
        ProfileFile known = ReadFile(file) ?? throw AuthError.Create(
            AuthErrorId.InvalidProfile,
            $"There is no profile '{name}': {(file is null ? "there is no home folder to look for a profile file in" : $"there is no file {file}")}.",
            $"Write the profile into that file, or name another one in {ProfilePlace.Variable}. docs/profiles.md shows how.");
        if (known.Find(name) is { } entry)
        {
            return entry.Fault is null ? entry.Profile : throw entry.Fault;
        }

        string[] names = [.. known.Entries.Select(other => other.Profile.Name)];
        throw AuthError.Create(
            AuthErrorId.InvalidProfile,
            $"There is no profile '{name}' in {file}{NearName.Hint(name, names)}. {(names.Length == 0 ? "It holds none" : $"It holds {string.Join(", ", names)}")}.",
            "Name one of these, or add the profile to the file: Get-AuthProfile lists what is there.");
    }

    private ProfileFile? ReadFile(string? file)
    {
        try
        {
            if (file is null || PrivateFiles.Read(file) is not { } content)
            {
                return environment.Get(ProfilePlace.Variable) is null ? null : throw AuthError.Create(
                    AuthErrorId.InvalidProfile,
                    $"{ProfilePlace.Variable} names {file}, and there is no such file.",
                    "Correct the variable, or write the file: New-AuthProfile makes it. docs/profiles.md shows how.");
            }

            return content.Length <= LongestFile
                ? ProfileReader.Read(TextFile.ToUtf8(content), file, environment)
                : throw AuthError.Create(AuthErrorId.InvalidProfile, $"{file} is longer than {LongestFile / 1024} KiB and cannot be a profile file.");
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            throw AuthError.Create(AuthErrorId.InvalidProfile, $"The profile file {file} cannot be read: {cause.Message}", new ErrorDetails { Action = "Make the file readable for this account.", Cause = cause });
        }
    }
}
