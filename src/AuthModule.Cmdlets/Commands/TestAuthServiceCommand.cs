using System.Management.Automation;
using System.Threading.Tasks;
using AuthModule.Arguments;
using AuthModule.Completion;
using AuthModule.Requests;
using AuthModule.Secrets;
using AuthModule.ServiceChecks;

namespace AuthModule.Commands;

/// <summary>
/// Goes through a service step by step, from the name to the token, and says of each step what was found and what to do. With
/// credentials it tries to sign in too, and revokes what it got. Nothing in its output is secret.
/// </summary>
[Cmdlet(VerbsDiagnostic.Test, "AuthService")]
[OutputType(typeof(ServiceCheck))]
public sealed partial class TestAuthServiceCommand : ClientCommand
{
    /// <summary>The user's name and password.</summary>
    [Parameter]
    [Credential]
    [ValidateNotNull]
    public PSCredential? Credential { get; set; }

    /// <summary>How long the token shall last, where the service lets the user choose: <c>30m</c>, <c>12h</c>, <c>7d</c>.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? TokenDuration { get; set; }

    /// <summary>The current code of the second factor. The trial uses it up.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Otp { get; set; }

    /// <summary>Where a workload's assertion comes from: <c>file:PATH</c>, <c>kubernetes</c>, <c>github</c>, <c>azure-pipelines</c>, or a script block that gives it.</summary>
    [Parameter]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(AssertionSourceCompleter))]
    public object? AssertionSource { get; set; }

    /// <summary>A store to look at: <c>file:PATH</c>, <c>redis://HOST:PORT/DB</c>. With nothing that names a service only this.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(StoreCompleter))]
    public string? Store { get; set; }

    private protected override object? Target => base.Target ?? (Store is null || Store.IndexOf('@') >= 0 ? null : Store);

    private protected override void Run()
    {
        if (Store is not null)
        {
            LookAtStore(new StoreDiagnosis(Engine, StorePlace.Resolve(this, Store)!, Log));
            if (Request().NamesNothing)
            {
                return;
            }
        }

        var diagnosis = new ServiceDiagnosis(Engine, Request(), Log);
        while (Wait(new ValueTask<ServiceCheck?>(diagnosis.NextAsync(StopToken))) is { } check)
        {
            WriteObject(check);
        }
    }

    private void LookAtStore(StoreDiagnosis diagnosis)
    {
        try
        {
            while (Wait(new ValueTask<ServiceCheck?>(diagnosis.NextAsync(StopToken))) is { } check)
            {
                WriteObject(check);
            }
        }
        finally
        {
            Wait(CloseAsync(diagnosis));
        }

        static async ValueTask<bool> CloseAsync(StoreDiagnosis diagnosis)
        {
            await diagnosis.DisposeAsync().ConfigureAwait(false);
            return true;
        }
    }

    private protected override TokenRequest Request()
    {
        TokenRequest request = base.Request();
        return request with
        {
            Client = AssertionSource is null ? request.Client : request.Client with { AssertionSource = AssertionSourceArgument.Read(this, AssertionSource) },
            Input = request.Input with
            {
                UserName = Credential?.UserName,
                Password = Secret.From(Credential?.Password),
                TokenDuration = TokenDuration,
                Otp = Secret.FromOptional(Otp),
            },
        };
    }
}
