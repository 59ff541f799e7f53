using System;
using System.Collections.Generic;
using System.Linq;
using AuthModule.Errors;

namespace AuthModule.Arguments;

/// <summary>A session by its id.</summary>
internal static class NamedSession
{
    /// <param name="sessions">Those that are looked through.</param>
    /// <param name="id">Whole, without regard to case.</param>
    /// <param name="store">Whose they are; null for this runspace's.</param>
    /// <exception cref="ConfigurationException">NoSession.</exception>
    public static AuthSession Find(IEnumerable<AuthSession> sessions, string id, string? store = null) =>
        sessions.FirstOrDefault(session => string.Equals(session.Id, id, StringComparison.OrdinalIgnoreCase)) ?? throw AuthError.Create(
            AuthErrorId.NoSession,
            $"There is no session '{id}' in {(store is null ? "this runspace" : "this store")}.",
            store is null ? "Get-AuthSession lists those that there are." : "Get-AuthSession -Store lists those that there are.");
}
