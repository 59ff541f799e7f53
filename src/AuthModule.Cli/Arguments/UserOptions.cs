using System.CommandLine;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Cli.Terminal;
using AuthModule.Requests;
using AuthModule.Secrets;

namespace AuthModule.Cli.Arguments;

/// <summary>A person who signs in. The password is read from AUTHMODULE_PASSWORD by the engine.</summary>
internal sealed class UserOptions : OptionGroup
{
    public const string Otp = "AUTHMODULE_OTP";

    private readonly Option<string?> username;
    private readonly Option<bool> passwordStdin;
    private readonly Option<string?> tokenDuration;
    private readonly Option<bool> nonInteractive;

    public UserOptions()
        : base("The person")
    {
        username = Add(NewOption.Text("--username", "NAME", "Who signs in (AUTHMODULE_USERNAME)."));
        passwordStdin = Add(NewOption.Flag("--password-stdin", $"Read the password from stdin (else AUTHMODULE_PASSWORD; a second factor's code: {Otp})."));
        tokenDuration = Add(NewOption.Text("--token-duration", "TIME", "How long the token should live, where the service lets one ask: 30m, 12h, 7d."));
        nonInteractive = Add(NewOption.Flag("--non-interactive", "No person is there to act (AUTHMODULE_NON_INTERACTIVE)."));
    }

    public async Task<TokenRequest> AddAsync(TokenRequest request, Invocation call, CancellationToken cancellationToken)
    {
        ParseResult parsed = call.Parsed;
        return request with
        {
            IsNonInteractive = parsed.GetValue(nonInteractive),
            Input = new GrantInput
            {
                UserName = parsed.GetValue(username),
                Password = await SecretInput.ReadAsync(call, passwordStdin, cancellationToken),
                Otp = Secret.FromOptional(call.Context.Environment.Get(Otp)),
                TokenDuration = parsed.GetValue(tokenDuration),
            },
        };
    }
}
