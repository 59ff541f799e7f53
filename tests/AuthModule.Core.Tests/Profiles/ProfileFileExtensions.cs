using System.Collections.Generic;
using System.Linq;
using AuthModule.Profiles;

namespace AuthModule.Core.Tests.Profiles;

internal static class ProfileFileExtensions
{
    /// <summary>The profiles of a file in which nothing is wrong; throws the first fault.</summary>
    public static IReadOnlyList<ProfileDescription> WithoutFaults(this ProfileFile file) =>
        file.Entries.Select(entry => entry.Fault).Concat(file.Faults).FirstOrDefault(fault => fault is not null) is { } first
            ? throw first
            : [.. file.Profiles];
}
