using System.Management.Automation;
using AuthModule.Arguments;
using AuthModule.Completion;
using AuthModule.Errors;
using AuthModule.Requests;
using AuthModule.Sessions;

namespace AuthModule.Commands;

/// <summary>A cmdlet that acts at the service of a session, with its credential.</summary>
public abstract class SessionCommand : AsyncCommand
{
    /// <summary>The session; without it the current one.</summary>
    [Parameter(ValueFromPipeline = true)]
    [ValidateNotNull]
    [SessionArgument]
    [ArgumentCompleter(typeof(SessionCompleter))]
    public AuthSession? Session { get; set; }

    /// <summary>A profile of your profile file: its session, which is opened where there is none.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ProfileCompleter))]
    public string? Profile { get; set; }

    private protected override object? Target => Session?.Authority ?? Profile ?? Sessions.Current?.Authority;

    private protected AuthSession SessionOrCurrent => (Session, Profile) switch
    {
        (not null, not null) => throw AuthError.Create(AuthErrorId.InvalidRequest, "-Session and -Profile each name a session.", "Use one of them."),
        ({ } session, _) => session,
        (_, { } profile) => SignIn(profile),
        _ => AuthEngine.RequireCurrent(Sessions),
    };

    private AuthSession SignIn(string profile)
    {
        AuthSession session = Wait(Engine.OpenAsync(Sessions, new TokenRequest { Profile = profile }, Log, StopToken));
        Wait(Engine.GetTokenAsync(Sessions, session, TokenRequirement.Default, Log, StopToken));
        return session;
    }
}
