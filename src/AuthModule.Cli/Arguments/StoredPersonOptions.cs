using System.CommandLine;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Cli.Terminal;
using AuthModule.Requests;

namespace AuthModule.Cli.Arguments;

/// <summary>The person whose session a store keeps: it is found by what it was signed in with.</summary>
internal sealed class StoredPersonOptions : OptionGroup
{
    private readonly Option<string?> username;
    private readonly Option<bool> passwordStdin;
    private readonly Option<string?> tokenDuration;

    public StoredPersonOptions()
        : base("The person, where a store keeps the session")
    {
        username = Add(NewOption.Text("--username", "NAME", "Who signed in (AUTHMODULE_USERNAME)."));
        passwordStdin = Add(NewOption.Flag("--password-stdin", "Read the password from stdin (else AUTHMODULE_PASSWORD)."));
        tokenDuration = Add(NewOption.Text("--token-duration", "TIME", "The lifetime that was asked for: 30m, 12h, 7d."));
    }

    public async Task<TokenRequest> AddAsync(TokenRequest request, Invocation call, CancellationToken cancellationToken)
    {
        ParseResult parsed = call.Parsed;
        return request with
        {
            Input = request.Input with
            {
                UserName = parsed.GetValue(username),
                Password = await SecretInput.ReadAsync(call, passwordStdin, cancellationToken),
                TokenDuration = parsed.GetValue(tokenDuration),
            },
        };
    }
}
