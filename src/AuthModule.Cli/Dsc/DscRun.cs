using System.IO;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Cli.Sessions;
using AuthModule.Cli.Terminal;
using AuthModule.Requests;
using AuthModule.Sessions;

namespace AuthModule.Cli.Dsc;

/// <summary>One operation on one instance.</summary>
internal sealed class DscRun(Invocation call, SessionTable table)
{
    private const int LongestInstance = 256 * 1024;

    private AuthEngine Engine => call.Context.Engine;

    public async Task GetAsync(CancellationToken cancellationToken)
    {
        (DscInstance instance, AuthSession session) = await OpenAsync(ReadInput(), cancellationToken);
        Write(instance, session, await FindAsync(session, instance.Need, cancellationToken));
    }

    public async Task TestAsync(CancellationToken cancellationToken)
    {
        (DscInstance instance, AuthSession session) = await OpenAsync(ReadInput(), cancellationToken);
        AuthToken? token = await FindAsync(session, instance.Need, cancellationToken);
        Write(instance, session, token, inDesiredState: token is not null == instance.Exists);
    }

    /// <summary>Where a server did not confirm a revocation, that failure is thrown after the store has forgotten the token.</summary>
    public async Task SetAsync(CancellationToken cancellationToken)
    {
        (DscInstance instance, AuthSession session) = await OpenAsync(ReadInput(), cancellationToken);
        if (instance.Exists)
        {
            Write(instance, session, await Engine.GetTokenAsync(table, session, instance.Need, call.Log, cancellationToken));
            return;
        }

        RevocationResult result = await Engine.RevokeAsync(table, session, localOnly: false, call.Log, cancellationToken);
        if (result.Failure is { } failure)
        {
            throw failure;
        }

        Write(instance, session, null);
    }

    /// <summary>The state of the instance that is given or that the environment names; where neither names one, of every session of the store.</summary>
    public async Task ExportAsync(CancellationToken cancellationToken)
    {
        string input = ReadInput();
        if (string.IsNullOrWhiteSpace(input))
        {
            if (call.Context.Environment.Get(RequestDefaults.Prefix + "AUTHORITY") is null)
            {
                foreach (AuthSession stored in await new StoredSessions(call, null).ListAsync(cancellationToken))
                {
                    call.Context.WriteJson(DscState.Of(stored));
                }

                return;
            }

            input = "{}";
        }

        (DscInstance instance, AuthSession session) = await OpenAsync(input, cancellationToken);
        if (await FindAsync(session, TokenRequirement.Default, cancellationToken) is { } token)
        {
            Write(instance, session, token);
        }
    }

    private async Task<(DscInstance Instance, AuthSession Session)> OpenAsync(string input, CancellationToken cancellationToken)
    {
        DscInstance instance = DscInstance.Read(input, call.Context.Environment, Engine.Providers);
        return (instance, await Engine.OpenAsync(table, instance.Request, call.Log, cancellationToken));
    }

    private async Task<AuthToken?> FindAsync(AuthSession session, TokenRequirement requirement, CancellationToken cancellationToken)
    {
        try
        {
            return await Engine.FindTokenAsync(table, session, requirement, call.Log, cancellationToken);
        }
        catch (AuthException nothing) when (nothing.Code == AuthErrorId.NoSession)
        {
            return null;
        }
    }

    private void Write(DscInstance instance, AuthSession session, AuthToken? token, bool? inDesiredState = null) =>
        call.Context.WriteJson(DscState.Of(instance, session.Request, token, inDesiredState));

    private string ReadInput()
    {
        char[] buffer = new char[LongestInstance + 1];
        int length = call.Context.Input.ReadBlock(buffer, 0, buffer.Length);
        return length <= LongestInstance
            ? new string(buffer, 0, length)
            : throw new UsageException($"What is on stdin is longer than {LongestInstance / 1024} KiB and cannot be an instance.");
    }
}
