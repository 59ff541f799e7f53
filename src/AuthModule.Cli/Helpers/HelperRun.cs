using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Cli.Arguments;
using AuthModule.Cli.Terminal;
using AuthModule.Sessions;

namespace AuthModule.Cli.Helpers;

/// <summary>One call of git or Docker to its credential helper. Where the helper has nothing to say it says nothing, and the caller asks the next one.</summary>
internal sealed class HelperRun(Invocation call, TokenForm form, HelperOptions options, TokenOutputOptions output)
{
    private readonly string operation = options.Operation(call);

    private CliContext Context => call.Context;

    public async Task<int> RunAsync(AuthSession session, Func<bool, Task<AuthToken>> get, CancellationToken cancellationToken)
    {
        ServedHosts hosts = options.Hosts(call, session);
        return form == TokenForm.Git
            ? await RunGitAsync(hosts, session, get, cancellationToken)
            : await RunDockerAsync(hosts, session, get, cancellationToken);
    }

    private async Task<int> RunGitAsync(ServedHosts hosts, AuthSession session, Func<bool, Task<AuthToken>> get, CancellationToken cancellationToken)
    {
        GitCredential asked = GitCredential.Read(Context.Input);
        if (asked.Address is null || !hosts.Has(asked.Address))
        {
            NotServed(asked.Host, hosts);
        }
        else if (operation == HelperOperation.Get)
        {
            foreach (string line in asked.Answer(output.Choose(call, await get(false)), options.UserName(call)))
            {
                Context.Output.WriteLine(line);
            }
        }
        else if (operation == HelperOperation.Erase)
        {
            await RenewAsync(session, asked.Password, get, cancellationToken);
        }

        return ExitCode.Done;
    }

    private async Task<int> RunDockerAsync(ServedHosts hosts, AuthSession session, Func<bool, Task<AuthToken>> get, CancellationToken cancellationToken)
    {
        switch (operation)
        {
            case HelperOperation.List:
                Context.WriteJson(DockerCredential.List(hosts, options.UserName(call)));
                return ExitCode.Done;
            case HelperOperation.Store when DockerCredential.ServerOf(DockerCredential.ReadInput(Context.Input)) is { } stored && hosts.Has(stored):
                return ExitCode.Done;
            case HelperOperation.Store:
                Context.Output.WriteLine("authmodule keeps no credentials for this server: it hands out tokens for the hosts of --for");
                return ExitCode.Fault;
        }

        string server = DockerCredential.ReadServer(Context.Input);
        if (!hosts.Has(server))
        {
            NotServed(server, hosts);
            Context.Output.WriteLine(DockerCredential.NotFound);
            return ExitCode.Fault;
        }

        if (operation == HelperOperation.Erase)
        {
            await RenewAsync(session, refused: null, get, cancellationToken);
            return ExitCode.Done;
        }

        Context.WriteJson(DockerCredential.Answer(server, output.Choose(call, await get(false)), options.UserName(call)));
        return ExitCode.Done;
    }

    // The caller's server did not take the token. It is renewed unless somebody has done so since.
    private async Task RenewAsync(AuthSession session, string? refused, Func<bool, Task<AuthToken>> get, CancellationToken cancellationToken)
    {
        AuthToken kept;
        try
        {
            kept = await Context.Engine.FindTokenAsync(new SessionTable(), session, new TokenRequirement(TimeSpan.Zero, Force: false), call.Log, cancellationToken);
        }
        catch (AuthException nothing) when (nothing.Code == AuthErrorId.NoSession)
        {
            return;
        }

        if (refused is null || output.Choose(call, kept).Text == refused)
        {
            await get(true);
        }
    }

    private void NotServed(string? host, ServedHosts hosts) => call.Log.Write(
        AuthModule.Telemetry.LogLevel.Verbose,
        $"No token for {(host is null ? "a caller that names no host" : AuthModule.Cli.Output.Cells.Plain(host))}: this helper serves {string.Join(", ", hosts.Names)}. --for names others.");
}
