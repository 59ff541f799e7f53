using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using AuthModule.TestServer.Hosting;

namespace AuthModule.TestServer.Authorization;

/// <summary>Claims that a client asks for one by one (OpenID Connect Core, section 5.5).</summary>
/// <param name="IdToken">Wanted in the ID token.</param>
/// <param name="UserInfo">Wanted of the UserInfo endpoint.</param>
internal sealed record ClaimsRequest(IReadOnlyList<string> IdToken, IReadOnlyList<string> UserInfo)
{
    /// <summary>Of the names that tokens of this server keep it under.</summary>
    public const string Name = "userinfo_claims";

    public static ClaimsRequest None { get; } = new([], []);

    public static ClaimsRequest Read(string? json)
    {
        if (json is null)
        {
            return None;
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            return new ClaimsRequest(NamesIn(document.RootElement, "id_token"), NamesIn(document.RootElement, "userinfo"));
        }
        catch (JsonException)
        {
            throw OAuthRefusal.InvalidRequest("claims is no JSON");
        }
    }

    private static string[] NamesIn(JsonElement root, string place) =>
        root.ValueKind == JsonValueKind.Object && root.TryGetProperty(place, out JsonElement wanted) && wanted.ValueKind == JsonValueKind.Object
            ? [.. wanted.EnumerateObject().Select(static claim => claim.Name)]
            : [];
}
