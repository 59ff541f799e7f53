using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using AuthModule.Errors;
using AuthModule.Platform;
using AuthModule.Text;

namespace AuthModule.Profiles;

/// <summary>The profiles of the user's file. It is read at each call: it is small, and a change counts at once.</summary>
internal sealed class ProfileCatalog(IEnvironment environment)
{
    private const int LongestFile = 1024 * 1024;

    /// <summary>In the order of their names; empty where there is no file.</summary>
    /// <exception cref="ConfigurationException">InvalidProfile: the file cannot be read or has a fault, or AUTHMODULE_CONFIG names none.</exception>
    public IReadOnlyList<ProfileDescription> All =>
        [.. (ReadFile(ProfilePlace.Of(environment)) ?? []).OrderBy(profile => profile.Name, StringComparer.OrdinalIgnoreCase)];

    /// <exception cref="ConfigurationException">InvalidProfile: there is none of that name, or the file has a fault.</exception>
    public ProfileDescription Get(string name)
    {
        string? file = ProfilePlace.Of(environment);
        IReadOnlyList<ProfileDescription> known = ReadFile(file) ?? throw AuthError.Create(
            AuthErrorId.InvalidProfile,
            $"There is no profile '{name}': {(file is null ? "there is no home folder to look for a profile file in" : $"there is no file {file}")}.",
            $"Write the profile into that file, or name another one in {ProfilePlace.Variable}. docs/profiles.md shows how.");
        return known.FirstOrDefault(profile => string.Equals(profile.Name, name, StringComparison.OrdinalIgnoreCase)) ?? throw AuthError.Create(
            AuthErrorId.InvalidProfile,
            $"There is no profile '{name}' in {file}. {(known.Count == 0 ? "It holds none" : $"It holds {string.Join(", ", known.Select(profile => profile.Name))}")}.",
            "Name one of these, or add the profile to the file: Get-AuthProfile lists what is there.");
    }

    private IReadOnlyList<ProfileDescription>? ReadFile(string? file)
    {
        try
        {
            if (file is null || PrivateFiles.Read(file) is not { } content)
            {
                return environment.Get(ProfilePlace.Variable) is null ? null : throw AuthError.Create(
                    AuthErrorId.InvalidProfile,
                    $"{ProfilePlace.Variable} names {file}, and there is no such file.",
                    "Correct the variable, or write the file. docs/profiles.md shows how.");
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
