using System.CommandLine;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Cli.Arguments;
using AuthModule.Cli.Terminal;
using AuthModule.Grants;
using AuthModule.Requests;
using AuthModule.Secrets;
using AuthModule.Sessions;

namespace AuthModule.Cli.Commands;

/// <summary>A new token for a refresh token, as Update-AuthToken renews one; or that of a session which a store keeps.</summary>
internal sealed class UpdateCommand : CliCommand
{
    public const string RefreshToken = "AUTHMODULE_REFRESH_TOKEN";

    private readonly ServiceOptions service;
    private readonly ClientOptions client;
    private readonly StoredPersonOptions person;
    private readonly WantedOptions wanted;
    private readonly SessionOptions stored;
    private readonly RenewalOptions renewal;
    private readonly TokenOutputOptions output;
    private readonly TransportOptions transport;

    public UpdateCommand(CliContext context, DiagnosticOptions diagnostics)
        : base("update", "Renews a token by its refresh token and prints the new pair.", context, diagnostics)
    {
        renewal = Use(new RenewalOptions());
        service = Use(new ServiceOptions());
        client = Use(new ClientOptions());
        person = Use(new StoredPersonOptions());
        wanted = Use(new WantedOptions());
        stored = Use(new SessionOptions());
        output = Use(new TokenOutputOptions());
        transport = Use(new TransportOptions());
        Examples =
        [
            "authmodule update --authority id.contoso.com --client-id desktop --refresh-token-stdin < refresh-token",
        ];
        Notes = "Most services take a refresh token once: keep the refresh_token of the output for the next time.";
    }

    protected override async Task<int> RunAsync(Invocation call, CancellationToken cancellationToken)
    {
        output.RequireSimple(call);
        Secret? refreshToken = await renewal.ReadAsync(call, cancellationToken);
        if (refreshToken is not null && !wanted.HasStore(call) && !output.HasRefreshToken(call))
        {
            call.Log.Write(AuthModule.Telemetry.LogLevel.Warning, "This form of output has no place for the new refresh token, and no --store keeps it: where the service gives one, it is lost.");
        }

        var table = new SessionTable();
        AuthSession? known = refreshToken is null ? await stored.FindAsync(call, service, wanted.Store(call), cancellationToken) : null;
        AuthSession session = known ?? await OpenAsync(call, table, refreshToken, cancellationToken);
        AuthToken token = await call.Context.Engine.GetTokenAsync(table, session, TokenRequirement.Now, call.Log, cancellationToken);
        output.Write(call, token, withRefreshToken: true);
        return ExitCode.Done;
    }

    private async Task<AuthSession> OpenAsync(Invocation call, SessionTable table, Secret? refreshToken, CancellationToken cancellationToken)
    {
        if (refreshToken is null && !wanted.HasStore(call))
        {
            throw new UsageException($"There is nothing to renew: set {RefreshToken}, or pass the refresh token on stdin with --refresh-token-stdin.");
        }

        TokenRequest request = wanted.Add(service.Read(call), call) with
        {
            Transport = transport.Read(call),
            Grant = refreshToken is null ? null : RefreshTokenGrant.GrantName,
            Input = new GrantInput { RefreshToken = refreshToken },
        };
        request = await client.AddAsync(request, call, cancellationToken);
        request = refreshToken is null ? await person.AddAsync(request, call, cancellationToken) : request;
        return await call.Context.Engine.OpenAsync(table, request, call.Log, cancellationToken);
    }

    private sealed class RenewalOptions : OptionGroup
    {
        private readonly Option<bool> fromStdin;

        public RenewalOptions()
            : base("What renews it") =>
            fromStdin = Add(NewOption.Flag("--refresh-token-stdin", $"Read the refresh token from stdin (else {RefreshToken})."));

        public Task<Secret?> ReadAsync(Invocation call, CancellationToken cancellationToken) =>
            SecretInput.ReadAsync(call, fromStdin, RefreshToken, cancellationToken);
    }
}
