using System.Collections.Generic;
using System.Linq;
using AuthModule.TestServer.Hosting;
using AuthModule.TestServer.Users;

namespace AuthModule.TestServer.Grants;

/// <summary>Which scopes a request gets: those asked for, or all that are allowed.</summary>
internal static class ScopeChoice
{
    public static IReadOnlyList<string> For(GrantRequest request, ServerUser? user = null)
    {
        string[] allowed = [.. request.Client.Scopes.Where(scope => user is null || user.Scopes.Contains(scope))];
        if (request.Form.Scopes is not { } wanted)
        {
            return allowed;
        }

        return wanted.FirstOrDefault(scope => !allowed.Contains(scope)) is { } refused
            ? throw OAuthRefusal.InvalidScope($"the scope {refused} is not allowed")
            : [.. wanted.Distinct()];
    }
}
