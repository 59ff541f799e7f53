namespace AuthModule.Profiles.Chain.Ways;

/// <summary>A session that was signed in to before and kept in the profile's store. Whoever has the store looks into it.</summary>
internal sealed class StoredSessionWay : ISignInWay
{
    /// <summary>Where sessions are looked for when the profile names no store.</summary>
    public const string DefaultStore = "file";

    public const string WayName = "stored session";

    public string Name => WayName;

    public string? RequiredField => null;

    public WayFit Look(ProfileDescription profile, SignInPlace place) =>
        new(profile with { Grant = null, AssertionSource = null }, "a store is looked into");
}
