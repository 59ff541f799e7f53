using System.Threading;
using System.Threading.Tasks;
using AuthModule.Cli.Terminal;
using AuthModule.Http;
using AuthModule.Requests;
using AuthModule.Sessions;

namespace AuthModule.Cli.Arguments;

/// <summary>All that names a session or makes one: for commands that use a token and care not where it comes from.</summary>
internal sealed record SignInGroups
{
    public ServiceOptions Service { get; } = new();

    public SessionOptions Session { get; } = new();

    public ClientOptions Client { get; } = new();

    public UserOptions User { get; } = new();

    public WayOptions Way { get; } = new();

    public CallbackOptions Callback { get; } = new();

    public WantedOptions Wanted { get; } = new();

    public TransportOptions Transport { get; } = new();

    /// <param name="call">What was typed.</param>
    /// <param name="table">Of this run.</param>
    /// <param name="hasPerson">False where the caller says that nobody is there to act.</param>
    /// <param name="cancellationToken">Of this run.</param>
    /// <remarks>Sends nothing but to the store; where a callback was asked for, the address to sign in at may be pushed.</remarks>
    public async Task<AuthSession> OpenAsync(Invocation call, SessionTable table, bool hasPerson, CancellationToken cancellationToken)
    {
        if (await Session.FindAsync(call, Service, Wanted.Store(call), cancellationToken) is { } known)
        {
            ReachAsGiven(call, known);
            return known;
        }

        TokenRequest request = Wanted.Add(Service.Read(call), call) with { Transport = Transport.Read(call) };
        request = await Client.AddAsync(request, call, cancellationToken);
        request = await User.AddAsync(request, call, cancellationToken);
        request = await Way.AddAsync(request, call, cancellationToken);
        request = request with { IsNonInteractive = request.IsNonInteractive || !hasPerson };
        request = await Callback.AddAsync(request, call, cancellationToken);
        return await call.Context.Engine.OpenAsync(table, request, call.Log, cancellationToken);
    }

    private void ReachAsGiven(Invocation call, AuthSession session)
    {
        TransportSettings given = Transport.Read(call);
        if (given != TransportSettings.Default)
        {
            session.ReachBy(given);
        }
    }
}
