using System;
using System.Management.Automation;
using AuthModule.Arguments;
using AuthModule.Completion;
using AuthModule.Requests;
using AuthModule.TokenTesting;
using AuthModule.Pipeline;

namespace AuthModule.Commands;

/// <summary>Says whether a token is good: signed by its issuer, meant for this place, in its time, with what is required.</summary>
[Cmdlet(VerbsDiagnostic.Test, "AuthToken", DefaultParameterSetName = TokenSet)]
[OutputType(typeof(bool))]
[OutputType(typeof(TokenTestResult))]
public sealed partial class TestAuthTokenCommand : ServiceCommand
{
    private const string TokenSet = "Token";
    private const string SessionSet = "Session";
    private const string HeaderSet = "AuthorizationHeader";

    // The last one that was put together: many tokens, one test.
    private PreparedTest? prepared;
    private AuthSession? preparedFor;

    /// <summary>Tokens: AuthToken, SecureString or string; without them the current session's.</summary>
    [Parameter(ParameterSetName = TokenSet, Position = 0, ValueFromPipeline = true)]
    [ValidateNotNull]
    public object[]? Token { get; set; }

    /// <summary>The session whose token is tested.</summary>
    [Parameter(ParameterSetName = SessionSet, Mandatory = true)]
    [ValidateNotNull]
    [SessionArgument]
    [ArgumentCompleter(typeof(SessionCompleter))]
    public AuthSession? Session { get; set; }

    /// <summary>
    /// The <c>Authorization</c> header that came with a request, <c>$null</c> or empty where there was none; with
    /// <c>-Detailed</c> the result says what to answer.
    /// </summary>
    [Parameter(ParameterSetName = HeaderSet, Mandatory = true)]
    [AllowNull]
    [AllowEmptyString]
    public string? AuthorizationHeader { get; set; }

    /// <summary>Gives every check with its reason instead of true or false.</summary>
    [Parameter]
    public SwitchParameter Detailed { get; set; }

    private protected override bool HasSeveralItems => Token is { Length: > 1 } || base.HasSeveralItems;

    private protected override void Run()
    {
        if (ParameterSetName == HeaderSet)
        {
            Write(Wait(TestFor(null).TestHeaderAsync(AuthorizationHeader, Log, StopToken)));
            return;
        }

        object[] tokens = Token ?? [Session ?? AuthEngine.RequireCurrent(Sessions)];
        foreach (object token in tokens)
        {
            Guard(() => Test(token));
        }
    }

    // A text is tested as it is, however long: what is no token does not pass, which is no error.
    private void Test(object given)
    {
        if (PipelineValue.Unwrap(given) is string plain)
        {
            Test(plain, null);
            return;
        }

        TokenArgument token = TokenArgument.Read(given);
        Test(token.Value.Reveal(), token.Owner?.Session);
    }

    private void Test(string token, AuthSession? session) =>
        Write(Wait(TestFor(session).TestAsync(token, Log, StopToken)));

    private PreparedTest TestFor(AuthSession? session)
    {
        if (prepared is null || preparedFor != session)
        {
            prepared = Engine.Tester.PrepareTest(Sessions, new TokenTestRequest
            {
                Service = Request(),
                Session = session,
                Issuer = Issuer as AuthIssuer,
                Introspect = Introspect,
                IntrospectingClient = IntrospectingClient(),
                Jwks = KeyPlace(),
                Rules = Rules(),
            });
            preparedFor = session;
        }

        return prepared;
    }

    private void Write(TokenTestResult result)
    {
        if (Detailed)
        {
            WriteObject(result);
            return;
        }

        foreach (TokenAdvice advice in result.Advice)
        {
            WriteWarning(advice.ToString());
        }

        WriteObject(result.IsValid);
    }

    private TokenRequest? IntrospectingClient() => IntrospectionCredential is { } client
        ? new TokenRequest { ClientId = client.UserName, Client = new ClientCredential { Secret = AuthModule.Secrets.Secret.From(client.Password) } }
        : null;

    private string? KeyPlace() => Jwks is null || (Uri.TryCreate(Jwks, UriKind.Absolute, out Uri? address) && address.Scheme is "http" or "https")
        ? Jwks
        : Paths.Resolve(this, Jwks, "-Jwks", AuthErrorId.InvalidKey);
}
