using AuthModule.Cli.Terminal;

namespace AuthModule.Cli.Output;

/// <summary>A token as a person at a terminal looks at it.</summary>
internal static class TokenText
{
    public static void Write(CliContext context, AuthToken token, bool withRefreshToken)
    {
        var paint = new Paint(context);
        Row(context, paint, "Service", $"{token.Authority} ({token.Provider})");
        Row(context, paint, "Subject", token.Subject);
        Row(context, paint, "Client", token.ClientId);
        Row(context, paint, "Scopes", token.Scopes.Length > 0 ? string.Join(' ', token.Scopes) : null);
        Row(context, paint, "Expires", $"{Cells.Time(token.ExpiresOn)} ({Cells.Left(token.ExpiresOn, token.ExpiresIn)})".TrimStart());
        context.Output.WriteLine($"{paint.Dim("State    ")}{paint.State(token.State.ToString(), token.State.ToString())}{(token.HasRefreshToken ? ", can be renewed" : string.Empty)}");
        context.Output.WriteLine(paint.Dim("Token    ") + Escape(token.ToPlainText()));
        if (withRefreshToken && token.Tokens.RefreshToken is { } refresh)
        {
            context.Output.WriteLine(paint.Dim("Refresh  ") + Escape(refresh.Reveal()));
        }
    }

    private static void Row(CliContext context, Paint paint, string name, string? value)
    {
        if (value is not null)
        {
            context.Output.WriteLine(paint.Dim(name.PadRight(9)) + Cells.Plain(value));
        }
    }

    // Whole, but nothing that would steer a terminal.
    private static string Escape(string token) => string.Concat(System.Linq.Enumerable.Select(token, static c => char.IsControl(c) ? '?' : c));
}
