using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Cli.Arguments;
using AuthModule.Cli.Output;
using AuthModule.Cli.Terminal;
using AuthModule.Jose.Tokens;
using AuthModule.Secrets;
using AuthModule.Text;

namespace AuthModule.Cli.Commands;

/// <summary>A JWT for reading, as ConvertFrom-AuthToken shows it. Nothing is verified.</summary>
internal sealed class DecodeCommand : CliCommand
{
    private readonly GivenTokenOptions given;
    private readonly FormOptions form;

    public DecodeCommand(CliContext context, DiagnosticOptions diagnostics)
        : base("decode", "Shows what a JWT says, without verifying it.", context, diagnostics)
    {
        given = Use(new GivenTokenOptions());
        form = Use(new FormOptions());
        Examples = ["authmodule decode --token-stdin < token", "authmodule get --output token | authmodule decode --token-stdin --json | jq .claims"];
        Notes = "Anybody can write such a token: 'authmodule test' tells whether it is good. Sends nothing.";
    }

    protected override async Task<int> RunAsync(Invocation call, CancellationToken cancellationToken)
    {
        Secret token = await given.ReadAsync(call, cancellationToken) ?? throw GivenTokenOptions.Missing("decode");
        DecodedToken decoded = JwtDecoder.Decode(token.Reveal());
        TimeSpan? left = decoded.ExpiresOn - call.Context.Engine.Clock.GetUtcNow();
        if (!form.IsText(call))
        {
            call.Context.WriteJson(new Dictionary<string, object?>
            {
                ["verified"] = false,
                ["is_encrypted"] = decoded.IsEncrypted,
                ["header"] = decoded.Header,
                ["claims"] = decoded.Claims,
                ["expires_on"] = decoded.ExpiresOn,
                ["expires_in"] = left is { } span ? (long)span.TotalSeconds : null,
            });
            return ExitCode.Done;
        }

        var paint = new Paint(call.Context);
        call.Context.Output.WriteLine(paint.Warning("Not verified: for reading only."));
        call.Context.Output.WriteLine($"{paint.Dim("Header")}\n{JsonText.WriteObject(decoded.Header, indented: true)}");
        call.Context.Output.WriteLine($"{paint.Dim("Claims")}\n{(decoded.IsEncrypted ? "encrypted" : JsonText.WriteObject(decoded.Claims, indented: true))}");
        foreach ((string name, DateTimeOffset? time) in new[] { ("Issued", decoded.IssuedOn), ("Not before", decoded.NotBefore), ("Expires", decoded.ExpiresOn) })
        {
            if (time is not null)
            {
                call.Context.Output.WriteLine($"{paint.Dim(name.PadRight(11))}{Cells.Time(time)}{(name == "Expires" ? $" ({Cells.Left(time, left)})" : string.Empty)}");
            }
        }

        return ExitCode.Done;
    }
}
