namespace AuthModule.Profiles.Chain;

/// <summary>One way to sign in that a chain can name. One file each; <see cref="SignInWays"/> lists them. Holds no state.</summary>
internal interface ISignInWay
{
    /// <summary>As a profile file writes it.</summary>
    string Name { get; }

    /// <summary>A field of the file without which there is no such way; null where the place alone decides.</summary>
    string? RequiredField { get; }

    /// <summary>Whether it can be gone here. Looks at the machine only, sends nothing and reads no secret.</summary>
    /// <param name="profile">The profile with what the chain says for this way.</param>
    /// <param name="place">Where the call runs.</param>
    WayFit Look(ProfileDescription profile, SignInPlace place);
}

/// <summary>Whether a way fits the place.</summary>
/// <param name="Profile">The profile as this way signs in; null where it does not fit.</param>
/// <param name="Reason">What was found: the end of a sentence about the way.</param>
internal readonly record struct WayFit(ProfileDescription? Profile, string Reason)
{
    public static WayFit No(string reason) => new(null, reason);
}
