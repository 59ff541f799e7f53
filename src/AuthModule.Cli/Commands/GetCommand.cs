using System;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Cli.Arguments;
using AuthModule.Cli.Helpers;
using AuthModule.Cli.Terminal;
using AuthModule.Sessions;

namespace AuthModule.Cli.Commands;

/// <summary>A token, as Get-AuthToken gets it.</summary>
internal sealed class GetCommand : CliCommand
{
    private readonly SignInGroups signIn = new();
    private readonly SessionTokenOptions kept;
    private readonly TokenOutputOptions output;
    private readonly HelperOptions helper;
    private readonly WebIdentityOptions webIdentity;

    public GetCommand(CliContext context, DiagnosticOptions diagnostics)
        : base("get", "Gets a token and prints it.", context, diagnostics)
    {
        Use(signIn.Service);
        Use(signIn.Client);
        Use(signIn.User);
        Use(signIn.Way);
        Use(signIn.Callback);
        Use(signIn.Wanted);
        Use(signIn.Session);
        kept = Use(new SessionTokenOptions());
        output = Use(new TokenOutputOptions());
        helper = Use(new HelperOptions());
        webIdentity = Use(new WebIdentityOptions());
        Use(signIn.Transport);
        Examples =
        [
            "AUTHMODULE_CLIENT_SECRET=... authmodule get --authority id.contoso.com --client-id nightly --scope orders.read",
            "vault read -field=password app/alice | authmodule get --authority id.contoso.com --client-id portal --username alice --password-stdin",
            "authmodule get --authority id.contoso.com --client-id desktop --device-code --store file",
            "curl -H \"$(authmodule get --output header)\" https://api.contoso.com/orders",
        ];
        Notes = "A program that asks for credentials can run it: --output kubectl, git, docker, aws, gcloud or curl-config. docs/command-line.md shows how each is set up.";
    }

    protected override async Task<int> RunAsync(Invocation call, CancellationToken cancellationToken)
    {
        TokenForm form = output.Form(call);
        try
        {
            return await RunAsync(call, form, cancellationToken);
        }
        catch (AuthException failure) when (form == TokenForm.Gcloud)
        {
            call.Context.WriteJson(ExternalAccount.Of(AuthModule.Cli.Output.CommandLineWording.Of(failure)));
            throw;
        }
    }

    private async Task<int> RunAsync(Invocation call, TokenForm form, CancellationToken cancellationToken)
    {
        // Read before anything is sent: what is missing is told then.
        WebIdentityWish? wish = form == TokenForm.Aws ? webIdentity.Read(call) : null;
        bool hasPerson = form switch
        {
            TokenForm.Kubectl => ExecCredential.IsInteractive(call.Context.Environment),
            TokenForm.Gcloud => ExternalAccount.IsInteractive(call.Context.Environment),
            _ => true,
        };
        var table = new SessionTable();
        AuthEngine engine = call.Context.Engine;
        AuthSession session = await signIn.OpenAsync(call, table, hasPerson, cancellationToken);
        async Task<AuthToken> GetAsync(bool isRefused) => kept.IsOffline(call)
            ? await engine.FindTokenAsync(table, session, kept.Read(call), call.Log, cancellationToken)
            : await engine.GetTokenAsync(table, session, isRefused ? TokenRequirement.Now : kept.Read(call), call.Log, cancellationToken);
        if (form is TokenForm.Git or TokenForm.Docker)
        {
            return await new HelperRun(call, form, helper, output).RunAsync(session, GetAsync, cancellationToken);
        }

        AuthToken token = await GetAsync(isRefused: false);
        if (wish is null)
        {
            output.Write(call, token);
        }
        else
        {
            call.Context.WriteJson(await WebIdentity.AssumeAsync(call, wish, output.Choose(call, token), session.Service.WithoutClientCertificate().Transport, cancellationToken));
        }

        return ExitCode.Done;
    }
}
