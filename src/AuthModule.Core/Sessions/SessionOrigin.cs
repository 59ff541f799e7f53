using System.Collections.Generic;
using System.Linq;
using AuthModule.Grants;
using AuthModule.Requests;

namespace AuthModule.Sessions;

/// <summary>What a session was opened with, less its secrets: kept beside its tokens in a store that others share, so that the session can be listed and gone on with.</summary>
internal sealed record SessionOrigin
{
    /// <summary>That of its <see cref="SessionKey"/>.</summary>
    public required string KeyName { get; init; }

    public required string Provider { get; init; }

    /// <summary>The service as tables show it.</summary>
    public required string Service { get; init; }

    /// <summary>The same as the call named it; null where the provider knows it.</summary>
    public string? Authority { get; init; }

    public string? TokenEndpoint { get; init; }

    public string? ClientId { get; init; }

    public required string Grant { get; init; }

    /// <summary>The profile that named it all; null where none did.</summary>
    public string? Profile { get; init; }

    public string? UserName { get; init; }

    public string? TokenDuration { get; init; }

    public string? LoginHint { get; init; }

    public string? ClientAuthentication { get; init; }

    public bool UseDpop { get; init; }

    public string? SecurityProfile { get; init; }

    /// <summary>Where the key is that opens what is encrypted to the client; its password is not kept.</summary>
    public string? DecryptionKey { get; init; }

    public IReadOnlyList<string> Scopes { get; init; } = [];

    public IReadOnlyList<string> Resources { get; init; } = [];

    public IReadOnlyDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string>();

    public static SessionOrigin Of(TokenRequest request, Service service, IGrant grant, string keyName)
    {
        // What the environment gave is kept too: it may be another one when the session is gone on with.
        var parameters = request.Parameters.ToDictionary(static pair => pair.Key, static pair => pair.Value, System.StringComparer.OrdinalIgnoreCase);
        foreach (KeyValuePair<string, string> parameter in service.Parameters)
        {
            parameters[parameter.Key] = parameter.Value;
        }

        return new SessionOrigin
        {
            KeyName = keyName,
            Provider = service.Description.Name,
            Service = service.Authority,
            Authority = request.Authority,
            TokenEndpoint = request.TokenEndpoint,
            ClientId = request.ClientId,
            Grant = grant.Name,
            Profile = request.AppliedProfile,
            UserName = request.Input.UserName,
            TokenDuration = request.Input.TokenDuration,
            LoginHint = request.Input.LoginHint,
            ClientAuthentication = request.Client.Method,
            UseDpop = request.UseDpop,
            SecurityProfile = request.SecurityProfile,
            DecryptionKey = request.DecryptionKey?.Path,
            Scopes = request.Scopes,
            Resources = request.Resources,
            Parameters = parameters,
        };
    }

    /// <summary>The same request again, without what proves who asks.</summary>
    public TokenRequest ToRequest(string store) => new()
    {
        Provider = Provider,
        Authority = Authority,
        TokenEndpoint = TokenEndpoint,
        ClientId = ClientId,
        Grant = Grant,
        AppliedProfile = Profile,
        Scopes = Scopes,
        Resources = Resources,
        Parameters = Parameters,
        Store = store,
        UseDpop = UseDpop,
        SecurityProfile = SecurityProfile,
        DecryptionKey = DecryptionKey is null ? null : new DecryptionKeyPlace(DecryptionKey, null),
        Client = new ClientCredential { Method = ClientAuthentication },
        Input = new GrantInput { UserName = UserName, TokenDuration = TokenDuration, LoginHint = LoginHint },
    };
}
