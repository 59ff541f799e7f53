using System;
using System.Collections.Generic;
using System.Linq;

namespace AuthModule.Profiles;

/// <summary>What a profile file holds. A profile with a fault is there too: it spoils nothing but itself.</summary>
/// <param name="Entries">In the order of the file.</param>
/// <param name="Faults">What is wrong beside the profiles, e.g. a field of a newer version; calls go on.</param>
internal sealed record ProfileFile(IReadOnlyList<ProfileEntry> Entries, IReadOnlyList<AuthException> Faults)
{
    public static ProfileFile Empty { get; } = new([], []);

    /// <summary>Those that can be used.</summary>
    public IEnumerable<ProfileDescription> Profiles => Entries.Where(entry => entry.Fault is null).Select(entry => entry.Profile);

    public ProfileEntry? Find(string name) => Entries.FirstOrDefault(entry => string.Equals(entry.Profile.Name, name, StringComparison.OrdinalIgnoreCase));
}

/// <summary>One profile of the file.</summary>
/// <param name="Profile">As much of it as can be read.</param>
/// <param name="Fault">Everything that is wrong with it (InvalidProfile); null where nothing is.</param>
internal sealed record ProfileEntry(ProfileDescription Profile, AuthException? Fault);
