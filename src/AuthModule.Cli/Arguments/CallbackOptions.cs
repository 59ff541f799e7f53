using System.CommandLine;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Cli.Terminal;
using AuthModule.Requests;
using AuthModule.Secrets;

namespace AuthModule.Cli.Arguments;

/// <summary>A code flow whose browser is elsewhere: the address goes out on stderr, and the one that the browser was sent to comes back on stdin.</summary>
internal sealed class CallbackOptions : OptionGroup
{
    private readonly Option<bool> callback;

    public CallbackOptions()
        : base("A browser elsewhere") =>
        callback = Add(NewOption.Flag("--callback-stdin", "Tell the address to sign in at, and read the one that the browser was sent to, whole, from stdin; needs --redirect-uri."));

    public async Task<TokenRequest> AddAsync(TokenRequest request, Invocation call, CancellationToken cancellationToken)
    {
        if (!call.Parsed.GetValue(callback))
        {
            return request;
        }

        if (request.Grant is not null)
        {
            throw new UsageException("--callback-stdin says how to sign in, and so does another option.");
        }

        AuthorizationRequest authorization = await call.Context.Engine.CreateAuthorizationRequestAsync(request, call.Log, cancellationToken);
        call.Context.Error.WriteLine($"To sign in at {authorization.Authority}, open this address, and pass the one that the browser is sent to on stdin:");
        call.Context.Error.WriteLine($"  {authorization.Url.AbsoluteUri}");
        string? line = await Task.Run(call.Context.Input.ReadLine, CancellationToken.None).WaitAsync(cancellationToken);
        return string.IsNullOrWhiteSpace(line)
            ? throw new UsageException("--callback-stdin was given, but stdin is empty.")
            : request with { Input = request.Input with { AuthorizationRequest = authorization, CallbackUri = Secret.From(line.Trim()) } };
    }
}
