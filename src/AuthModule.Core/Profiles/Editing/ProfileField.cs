using System.Collections.Generic;

namespace AuthModule.Profiles.Editing;

/// <summary>A field of a profile as it is typed: on a command line, or for a parameter.</summary>
/// <param name="Name">As the file has it.</param>
/// <param name="Kind">What is typed for it.</param>
internal sealed record ProfileField(string Name, ProfileFieldKind Kind)
{
    /// <summary>All of them, in the order in which they are written.</summary>
    public static IReadOnlyList<ProfileField> All { get; } =
    [
        new("description", ProfileFieldKind.Text),
        new("provider", ProfileFieldKind.Text),
        new("authority", ProfileFieldKind.Text),
        new("tokenEndpoint", ProfileFieldKind.Text),
        new("clientId", ProfileFieldKind.Text),
        new("clientSecret", ProfileFieldKind.Reference),
        new("clientKey", ProfileFieldKind.Text),
        new("clientKeyPassword", ProfileFieldKind.Reference),
        new("clientAuthentication", ProfileFieldKind.Text),
        new("userName", ProfileFieldKind.Text),
        new("password", ProfileFieldKind.Reference),
        new("tokenDuration", ProfileFieldKind.Text),
        new("apiKey", ProfileFieldKind.Reference),
        new("assertionSource", ProfileFieldKind.Text),
        new("interactive", ProfileFieldKind.Flag),
        new("deviceCode", ProfileFieldKind.Flag),
        new("redirectUri", ProfileFieldKind.Text),
        new("loginHint", ProfileFieldKind.Text),
        new("prompt", ProfileFieldKind.Text),
        new("scope", ProfileFieldKind.List),
        new("resource", ProfileFieldKind.List),
        new("parameter", ProfileFieldKind.Map),
        new("chain", ProfileFieldKind.List),
        new("store", ProfileFieldKind.Text),
        new("dpop", ProfileFieldKind.Flag),
        new("nonInteractive", ProfileFieldKind.Flag),
        new("proxy", ProfileFieldKind.Text),
        new("caCertificate", ProfileFieldKind.Text),
    ];
}

/// <summary>What is typed for a field.</summary>
internal enum ProfileFieldKind
{
    Text,
    Flag,
    List,

    /// <summary>Where a secret is.</summary>
    Reference,

    /// <summary>Names and values of the provider's own.</summary>
    Map,
}
