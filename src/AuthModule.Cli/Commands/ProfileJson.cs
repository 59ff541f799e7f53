using System.Collections.Generic;

namespace AuthModule.Cli.Commands;

/// <summary>A profile as the commands write it: secrets as where they are.</summary>
internal static class ProfileJson
{
    public static Dictionary<string, object?> Of(AuthProfile profile) => new()
    {
        ["name"] = profile.Name,
        ["description"] = profile.Description,
        ["provider"] = profile.Provider,
        ["authority"] = profile.Authority,
        ["client_id"] = profile.ClientId,
        ["username"] = profile.UserName,
        ["grant"] = profile.Grant,
        ["chain"] = profile.Chain,
        ["scopes"] = profile.Scopes,
        ["parameters"] = profile.Parameters,
        ["secrets"] = profile.Secrets,
        ["store"] = profile.Store,
    };
}
