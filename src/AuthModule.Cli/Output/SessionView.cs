using System;
using System.Collections.Generic;
using System.Linq;
using AuthModule.Cli.Terminal;

namespace AuthModule.Cli.Output;

/// <summary>Sessions as tables and as JSON. What they hold is in neither.</summary>
internal static class SessionView
{
    private const int StateColumn = 4;

    public static Dictionary<string, object?> Json(AuthSession session, AuthSession? chosen)
    {
        bool ends = session.ExpiresOn is { } end && end != DateTimeOffset.MaxValue;
        return new()
        {
            ["id"] = session.Id,
            ["is_current"] = ReferenceEquals(session, chosen),
            ["authority"] = session.Authority,
            ["provider"] = session.Provider,
            ["client_id"] = session.ClientId,
            ["grant"] = session.Grant,
            ["subject"] = session.Subject,
            ["username"] = session.Request.Input.UserName,
            ["profile"] = session.Request.AppliedProfile,
            ["scopes"] = session.Scopes,
            ["state"] = session.State,
            ["expires_on"] = ends ? session.ExpiresOn : null,
            ["expires_in"] = ends ? (long)session.Token!.ExpiresIn.TotalSeconds : null,
            ["has_refresh_token"] = session.Token?.HasRefreshToken,
            ["store"] = session.Store,
        };
    }

    public static void WriteTable(CliContext context, IReadOnlyList<AuthSession> sessions, AuthSession? chosen)
    {
        var table = new TextTable(context, "", "Id", "Service", "Who", "State", "Left");
        foreach (AuthSession session in sessions)
        {
            table.Add(StateColumn, ReferenceEquals(session, chosen) ? "*" : null, session.Id, session.Authority, WhoOf(session), session.State.ToString(), LeftOf(session));
        }

        table.Write();
    }

    /// <summary>Everything that is known of one, a line each.</summary>
    public static void WriteBlock(CliContext context, AuthSession session, bool isChosen)
    {
        var paint = new Paint(context);
        context.Output.WriteLine($"{paint.Bold(Cells.Plain(session.Authority))} ({Cells.Plain(session.Provider)}){(isChosen ? paint.Good("  current") : string.Empty)}");
        foreach ((string name, string? value) in new[]
        {
            ("Id", session.Id),
            ("Subject", session.Subject),
            ("User name", session.Request.Input.UserName is { } user && user != session.Subject ? user : null),
            ("Client", session.ClientId),
            ("Signed in by", session.Grant),
            ("Profile", session.Request.AppliedProfile),
            ("Scopes", session.Scopes.Length > 0 ? string.Join(' ', session.Scopes) : null),
            ("Expires", Cells.Time(session.ExpiresOn) is { Length: > 0 } time ? $"{time} ({LeftOf(session)})" : LeftOf(session)),
            ("Refresh", session.Token?.HasRefreshToken == true ? "can be renewed without signing in" : null),
        })
        {
            if (value is { Length: > 0 })
            {
                context.Output.WriteLine($"  {paint.Dim(name.PadRight(13))}{Cells.Plain(value)}");
            }
        }

        string state = session.State.ToString();
        context.Output.WriteLine($"  {paint.Dim("State".PadRight(13))}{paint.State(state, state)}");
    }

    private static string WhoOf(AuthSession session) => (session.Subject ?? session.Request.Input.UserName, session.ClientId) switch
    {
        ({ } person, { } client) => $"{person} ({client})",
        ({ } person, null) => person,
        (null, var client) => client ?? string.Empty,
    };

    private static string LeftOf(AuthSession session) => Cells.Left(session.ExpiresOn, session.Token?.ExpiresIn);
}
