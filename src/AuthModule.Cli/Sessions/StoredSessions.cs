using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Cli.Terminal;
using AuthModule.Errors;
using AuthModule.Requests;
using AuthModule.Sessions;
using AuthModule.Stores;

namespace AuthModule.Cli.Sessions;

/// <summary>The sessions of one store, for the commands that name one by its id.</summary>
internal sealed class StoredSessions(Invocation call, string? named)
{
    private const string DefaultStore = "file";

    private AuthEngine Engine => call.Context.Engine;

    /// <summary>What the call names, else what the environment does, else files: no other run finds what is in memory.</summary>
    public string Store { get; } =
        named ?? (call.Context.Environment.Get(RequestDefaults.Prefix + "STORE") is { } store && !StoreCatalog.IsMemory(store) ? store : DefaultStore);

    public Task<IReadOnlyList<AuthSession>> ListAsync(CancellationToken cancellationToken) => StoreCatalog.IsMemory(Store)
        ? throw new UsageException("The store 'memory' ends with each run: name one that stays, such as --store file.")
        : Engine.ListSessionsAsync(new SessionTable(), Store, call.Log, cancellationToken);

    /// <summary>The chosen one where it is in this store.</summary>
    public AuthSession? Chosen(IEnumerable<AuthSession> sessions) =>
        ChosenSession.Read(call.Context.Environment) is { } chosen
            ? sessions.FirstOrDefault(session => session.Id == chosen.Id && SameStore(chosen.Store, session))
            : null;

    /// <summary>The session of an id or of its first letters.</summary>
    /// <exception cref="UsageException">Several begin so.</exception>
    /// <exception cref="ConfigurationException">NoSession.</exception>
    public async Task<AuthSession> FindAsync(string id, CancellationToken cancellationToken)
    {
        IReadOnlyList<AuthSession> sessions = await ListAsync(cancellationToken);
        List<AuthSession> found = [.. sessions.Where(session => session.Id.StartsWith(id, StringComparison.OrdinalIgnoreCase))];
        return found.Count switch
        {
            1 => found[0],
            0 => throw AuthError.Create(AuthErrorId.NoSession, $"Store {Shown(Store)} has no session '{AuthModule.Cli.Output.Cells.Plain(id)}'.", "'authmodule list' shows those that there are."),
            _ => throw new UsageException($"{found.Count} sessions of the store begin with '{AuthModule.Cli.Output.Cells.Plain(id)}': write more of the id."),
        };
    }

    /// <summary>The session that was switched to; null where none was, or the call names a store of its own.</summary>
    /// <exception cref="ConfigurationException">NoSession: it is not there any more.</exception>
    public static async Task<AuthSession?> FindChosenAsync(Invocation call, CancellationToken cancellationToken)
    {
        if (ChosenSession.Read(call.Context.Environment) is not { } chosen)
        {
            return null;
        }

        IReadOnlyList<AuthSession> sessions = await new StoredSessions(call, chosen.Store).ListAsync(cancellationToken);
        return sessions.FirstOrDefault(session => session.Id == chosen.Id) ?? throw AuthError.Create(
            AuthErrorId.NoSession,
            $"The session {chosen.Id} that was switched to is not in store {chosen.Store} any more.",
            "Switch to another one ('authmodule list' shows them), or name the service.");
    }

    /// <summary>A store's address as it may be kept: its name, where the address could hold a password.</summary>
    public static string AddressOf(string store, AuthSession session) =>
        store.Contains('@', StringComparison.Ordinal) || store.StartsWith("file", StringComparison.OrdinalIgnoreCase) ? session.Store : store;

    /// <summary>For messages: without what could be a password.</summary>
    public static string Shown(string store)
    {
        int at = store.LastIndexOf('@');
        int scheme = store.IndexOf("://", StringComparison.Ordinal);
        return at < 0 ? store : (scheme < 0 ? string.Empty : store[..(scheme + 3)]) + store[(at + 1)..];
    }

    private bool SameStore(string chosen, AuthSession session) => chosen == Store || chosen == session.Store || chosen == AddressOf(Store, session);
}
