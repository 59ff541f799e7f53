using System.CommandLine;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Cli.Sessions;
using AuthModule.Cli.Terminal;

namespace AuthModule.Cli.Arguments;

/// <summary>A session that a store has already, in place of naming service and credential again.</summary>
internal sealed class SessionOptions : OptionGroup
{
    private readonly Option<string?> session;

    public SessionOptions()
        : base("A session that is there") =>
        session = Add(NewOption.Text("--session", "ID", "The session of the store with this id ('authmodule list'); else the one that 'authmodule switch' chose, where no service is named."));

    /// <summary>Null where the call means a service and a credential.</summary>
    /// <exception cref="UsageException">The call names both.</exception>
    public async Task<AuthSession?> FindAsync(Invocation call, ServiceOptions service, string? store, CancellationToken cancellationToken)
    {
        if (call.Parsed.GetValue(session) is not { } id)
        {
            return service.NamesService(call) || service.NamesMore(call) ? null : await StoredSessions.FindChosenAsync(call, cancellationToken);
        }

        return service.IsGiven(call)
            ? throw new UsageException("--session names the service and client already.")
            : await new StoredSessions(call, store).FindAsync(id, cancellationToken);
    }
}
