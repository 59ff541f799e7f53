using AuthModule.Interaction;
using AuthModule.Platform;
using AuthModule.Providers;
using AuthModule.Requests;

namespace AuthModule.Profiles.Chain;

/// <summary>Where a call runs, as the ways of a chain look at it.</summary>
internal sealed record SignInPlace
{
    // Set by build services, where a person could read a code but nobody does.
    private static readonly string[] JobVariables = ["CI", "TF_BUILD"];

    public required IEnvironment Environment { get; init; }

    public required SecretQuery Secrets { get; init; }

    public required ProviderCatalog Providers { get; init; }

    public required IBrowser Browser { get; init; }

    /// <summary>The call, or the environment, says that nobody is there.</summary>
    public bool IsNonInteractive { get; init; }

    /// <summary>The browser that the call names; null is the system's.</summary>
    public string? BrowserPath { get; init; }

    /// <summary>Why nobody can be asked here; null where a person may be there.</summary>
    public string? NobodyBecause(ProfileDescription profile)
    {
        if (IsNonInteractive || profile.IsNonInteractive)
        {
            return "nobody is there to act (-NonInteractive)";
        }

        foreach (string variable in JobVariables)
        {
            if (Environment.Get(variable) is { } text && !text.Equals("false", System.StringComparison.OrdinalIgnoreCase) && text != "0")
            {
                return $"nobody is there to act ({variable} is set: this is a job of a build service)";
            }
        }

        return System.Environment.UserInteractive ? null : "nobody is there to act (this process has no desktop)";
    }

    /// <summary>Why a secret of the profile cannot be had here; null where it is there.</summary>
    public string? Absence(ProfileDescription profile, SecretPlace place)
    {
        foreach (ProfileSecret secret in profile.Secrets)
        {
            if (secret.Place == place)
            {
                return secret.Reference.Absence(Secrets) is { } absence ? $"its {secret.Field} is not here: {absence}" : null;
            }
        }

        return "the profile does not say where its secret is";
    }

    /// <summary>What is shown of the place a secret is at.</summary>
    public static string NameOf(ProfileDescription profile, SecretPlace place)
    {
        foreach (ProfileSecret secret in profile.Secrets)
        {
            if (secret.Place == place)
            {
                return secret.Reference.Name;
            }
        }

        return string.Empty;
    }
}
