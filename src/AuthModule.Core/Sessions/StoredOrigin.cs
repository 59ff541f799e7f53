using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;

namespace AuthModule.Sessions;

/// <summary>A <see cref="SessionOrigin"/> as JSON, in the entry that holds the session's tokens.</summary>
internal static class StoredOrigin
{
    public const string Member = "origin";

    public static Dictionary<string, object?> Write(SessionOrigin origin) => new()
    {
        ["key"] = origin.KeyName,
        ["provider"] = origin.Provider,
        ["service"] = origin.Service,
        ["authority"] = origin.Authority,
        ["tokenEndpoint"] = origin.TokenEndpoint,
        ["clientId"] = origin.ClientId,
        ["grant"] = origin.Grant,
        ["profile"] = origin.Profile,
        ["username"] = origin.UserName,
        ["tokenDuration"] = origin.TokenDuration,
        ["loginHint"] = origin.LoginHint,
        ["clientAuthentication"] = origin.ClientAuthentication,
        ["dpop"] = origin.UseDpop ? true : null,
        ["securityProfile"] = origin.SecurityProfile,
        ["decryptionKey"] = origin.DecryptionKey,
        ["scopes"] = origin.Scopes,
        ["resources"] = origin.Resources,
        ["parameters"] = origin.Parameters.ToDictionary(static pair => pair.Key, static pair => (object?)pair.Value),
    };

    /// <summary>Null where the value is no session, or one that was written without it.</summary>
    public static SessionOrigin? Read(byte[] value)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(value);
            return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty(Member, out JsonElement json) && json.ValueKind == JsonValueKind.Object
                ? Read(json)
                : null;
        }
        catch (Exception cause) when (cause is JsonException or InvalidOperationException or ArgumentException)
        {
            return null;
        }
    }

    private static SessionOrigin? Read(JsonElement json)
    {
        string? Text(string name) => json.TryGetProperty(name, out JsonElement element) ? element.GetString() : null;
        string[] Texts(string name) => json.TryGetProperty(name, out JsonElement element) ? [.. element.EnumerateArray().Select(static item => item.GetString()!)] : [];
        if (Text("key") is not { Length: 64 } key || Text("provider") is not { } provider || Text("service") is not { } service || Text("grant") is not { } grant)
        {
            return null;
        }

        var parameters = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        if (json.TryGetProperty("parameters", out JsonElement written))
        {
            foreach (JsonProperty parameter in written.EnumerateObject())
            {
                parameters[parameter.Name] = parameter.Value.GetString() ?? string.Empty;
            }
        }

        return new SessionOrigin
        {
            KeyName = key,
            Provider = provider,
            Service = service,
            Authority = Text("authority"),
            TokenEndpoint = Text("tokenEndpoint"),
            ClientId = Text("clientId"),
            Grant = grant,
            Profile = Text("profile"),
            UserName = Text("username"),
            TokenDuration = Text("tokenDuration"),
            LoginHint = Text("loginHint"),
            ClientAuthentication = Text("clientAuthentication"),
            UseDpop = json.TryGetProperty("dpop", out JsonElement dpop) && dpop.ValueKind == JsonValueKind.True,
            SecurityProfile = Text("securityProfile"),
            DecryptionKey = Text("decryptionKey"),
            Scopes = Texts("scopes"),
            Resources = Texts("resources"),
            Parameters = parameters,
        };
    }
}
