using System.Collections.Generic;
using System.Linq;
using AuthModule.TestServer.Clients;
using AuthModule.TestServer.Hosting;
using AuthModule.TestServer.Users;

namespace AuthModule.TestServer.Authorization;

/// <summary>What a client asks for: scopes, APIs (RFC 8707) and what it wants to do in detail (RFC 9396).</summary>
/// <param name="Scopes">Null where none was asked for: all that are allowed.</param>
/// <param name="Resources">Empty for the server's usual audience.</param>
/// <param name="Details">Empty where there are none.</param>
internal sealed record AccessRequest(IReadOnlyList<string>? Scopes, IReadOnlyList<string> Resources, AuthorizationDetails Details)
{
    /// <exception cref="OAuthRefusal">invalid_target, invalid_authorization_details.</exception>
    public static AccessRequest Read(OAuthForm form, ServerState state) =>
        new(form.Scopes, ResourceIndicators.Read(form, state), AuthorizationDetails.Read(form, state));

    /// <summary>The scopes that a person can allow to a client.</summary>
    public IReadOnlyList<string> ScopesFor(ServerClient client, ServerUser user) =>
        [.. (Scopes ?? client.Scopes).Where(scope => client.Scopes.Contains(scope) && user.Scopes.Contains(scope)).Distinct()];

    public Permission AllowedBy(ServerClient client, ServerUser user) => new(user, ScopesFor(client, user), Resources, Details);
}

/// <summary>What a person allowed to a client.</summary>
internal sealed record Permission(ServerUser User, IReadOnlyList<string> Scopes, IReadOnlyList<string> Resources, AuthorizationDetails Details);
