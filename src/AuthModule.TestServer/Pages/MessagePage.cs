using Microsoft.AspNetCore.Http;

namespace AuthModule.TestServer.Pages;

/// <summary>How something ended.</summary>
internal static class MessagePage
{
    public static Page Done(string title, string text) => Of(Mark.Good, "success", title, text, "You can close this window.", StatusCodes.Status200OK);

    /// <param name="reason">What happened; whatever it holds, it is text here.</param>
    /// <param name="status">Of the reply.</param>
    public static Page Error(string reason, int status = StatusCodes.Status400BadRequest) =>
        Of(Mark.Bad, "failure", "This did not work", reason, "Nothing was allowed to anybody. Go back to where you started and try again.", status);

    public static Page NotFound() => Of(
        Mark.Bad, "failure", "There is nothing here", "This server has no page at this address.", "Its home page lists what it has.", StatusCodes.Status404NotFound);

    private static Page Of(Html mark, string outcome, string title, string text, string next, int status) => new(title, Html.Of(
        $"""
        <main data-page="message" data-outcome="{outcome}">
        {mark}
        <h1>{title}</h1>
        <p>{Sentence(text)}</p>
        <p class="next">{next} <a href="/">Home page</a></p>
        </main>
        """))
    {
        Status = status,
    };

    // The first word can be the name of a parameter.
    private static string Sentence(string text) =>
        text.Length == 0 ? text : (text.Split(' ')[0].Contains('_') ? text : char.ToUpperInvariant(text[0]) + text[1..]) + (text[^1] is '.' or '?' or '!' ? string.Empty : ".");
}
