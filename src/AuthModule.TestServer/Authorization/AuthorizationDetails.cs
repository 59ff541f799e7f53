using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using AuthModule.TestServer.Hosting;

namespace AuthModule.TestServer.Authorization;

/// <summary>What a client wants to do, in detail (RFC 9396): objects with a <c>type</c> that the server knows.</summary>
internal sealed class AuthorizationDetails
{
    public const string Name = "authorization_details";

    private const int MaxItems = 20;

    private AuthorizationDetails(IReadOnlyList<JsonElement> items) => Items = items;

    public static AuthorizationDetails None { get; } = new([]);

    public IReadOnlyList<JsonElement> Items { get; }

    public bool IsEmpty => Items.Count == 0;

    /// <exception cref="OAuthRefusal">invalid_authorization_details (section 5).</exception>
    public static AuthorizationDetails Read(OAuthForm form, ServerState state)
    {
        if (form[Name] is not { } text)
        {
            return None;
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(text);
            if (document.RootElement.ValueKind != JsonValueKind.Array || document.RootElement.GetArrayLength() is 0 or > MaxItems)
            {
                throw Invalid("they are no list of objects");
            }

            JsonElement[] items = [.. document.RootElement.EnumerateArray().Select(static item => item.Clone())];
            return items.All(item => TypeOf(item) is { } type && state.Options.AuthorizationDetailTypes.Contains(type))
                ? new AuthorizationDetails(items)
                : throw Invalid("one has no type, or one that is not known");
        }
        catch (JsonException)
        {
            throw Invalid("they are no JSON");
        }
    }

    public static string? TypeOf(JsonElement item) =>
        item.ValueKind == JsonValueKind.Object && item.TryGetProperty("type", out JsonElement type) && type.ValueKind == JsonValueKind.String ? type.GetString() : null;

    private static OAuthRefusal Invalid(string reason) => new("invalid_authorization_details", $"the authorization details are not taken: {reason}");
}
