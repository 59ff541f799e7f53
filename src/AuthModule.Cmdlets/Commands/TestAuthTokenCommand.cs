using System;
using System.Management.Automation;
using AuthModule.Arguments;
using AuthModule.Completion;
using AuthModule.Testing;
using AuthModule.Validation;

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

    /// <summary>What came in an <c>Authorization</c> header; a missing or empty one is a token that does not pass.</summary>
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
            Show(Wait(Engine.Tester.TestHeaderAsync(Sessions, TestRequest(null), AuthorizationHeader, Log, StopToken)));
            return;
        }

        object[] tokens = Token ?? [Session ?? AuthEngine.RequireCurrent(Sessions)];
        foreach (object token in tokens)
        {
            Guard(() => Test(TokenArgument.Read(token)));
        }
    }

    private void Test(TokenArgument token) =>
        Show(Wait(Engine.Tester.TestAsync(Sessions, TestRequest(token.Owner?.Session), token.Value.Reveal(), Log, StopToken)));

    private TokenTestRequest TestRequest(AuthSession? session) => new()
    {
        Service = Request(),
        Session = session,
        Issuer = RequestFields.Unwrap(Issuer) as AuthIssuer,
        Introspect = Introspect,
        Jwks = KeyPlace(),
        Rules = Rules(),
    };

    private void Show(TokenTestResult result)
    {
        if (Detailed)
        {
            WriteObject(result);
        }
        else
        {
            WriteObject(result.IsValid);
        }
    }

    private string? KeyPlace() => Jwks is null || (Uri.TryCreate(Jwks, UriKind.Absolute, out Uri? address) && address.Scheme is "http" or "https")
        ? Jwks
        : Paths.Resolve(this, Jwks, "-Jwks", AuthErrorId.InvalidKey);
}
