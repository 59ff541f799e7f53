using System.Net;
using System.Text;

namespace AuthModule.Interaction;

/// <summary>The page that the browser shows at the end of a sign-in: one self-contained text, nothing is loaded, nothing runs.</summary>
internal static class LandingPage
{
    public static byte[] Success(string service) => Render(
        isGood: true,
        "You are signed in",
        $"The sign-in at {service} is done.",
        "You can close this window and go back to the terminal.");

    /// <param name="service">Where.</param>
    /// <param name="reason">What happened, as the terminal shows it; whatever it holds, it is text here.</param>
    public static byte[] Failure(string service, string reason) => Render(
        isGood: false,
        "The sign-in did not work",
        reason,
        $"Nothing was kept of it. Go back to the terminal and start the sign-in at {service} again.");

    public static byte[] NotHere() => Render(
        isGood: false,
        "There is nothing here",
        "This address only waits for the end of one sign-in.",
        "You can close this window.");

    /// <summary>For whoever comes with something else than the answer that is waited for. Quotes nothing of it.</summary>
    public static byte[] NotTheAnswer() => Render(
        isGood: false,
        "This is not the answer that is waited for",
        "It does not belong to the sign-in that was started here, and nothing of it was used. The sign-in goes on.",
        "If you have just signed in, go back to the terminal: it says what to do.");

    private static byte[] Render(bool isGood, string title, string text, string next) => Encoding.UTF8.GetBytes($$"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>{{Encode(title)}}</title>
        <link rel="icon" href="data:,">
        <style>
        :root { --paper: #f6f7f9; --card: #fff; --ink: #1b1f27; --soft: #59616e; --line: #e3e6eb; --tone: {{(isGood ? "#117a43" : "#b3261e")}}; --tint: {{(isGood ? "#e2f4e9" : "#fbe6e4")}}; }
        @media (prefers-color-scheme: dark) { :root { --paper: #12151a; --card: #1b1f26; --ink: #eceef2; --soft: #a4adba; --line: #2c323c; --tone: {{(isGood ? "#63d394" : "#ff8a80")}}; --tint: {{(isGood ? "#173525" : "#3d1d1b")}}; } }
        * { box-sizing: border-box; }
        body { margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 1.5rem; background: var(--paper); color: var(--ink); font: 1rem/1.55 system-ui, "Segoe UI", Roboto, sans-serif; }
        main { width: min(30rem, 100%); padding: 2.25rem; text-align: center; background: var(--card); border: 1px solid var(--line); border-radius: 1rem; box-shadow: 0 .5rem 2rem rgb(0 0 0 / .07); }
        .mark { width: 4rem; height: 4rem; margin: 0 auto 1.25rem; display: grid; place-items: center; border-radius: 50%; background: var(--tint); color: var(--tone); }
        h1 { margin: 0 0 .5rem; font-size: 1.45rem; line-height: 1.25; letter-spacing: -.01em; }
        h1, p { text-wrap: balance; }
        p { margin: .5rem 0 0; overflow-wrap: anywhere; }
        .next { margin-top: 1.25rem; padding-top: 1.25rem; border-top: 1px solid var(--line); color: var(--soft); }
        </style>
        </head>
        <body>
        <main data-outcome="{{(isGood ? "success" : "failure")}}">
        <div class="mark"><svg width="32" height="32" viewBox="0 0 32 32" fill="none" stroke="currentColor" stroke-width="3.5" stroke-linecap="round" stroke-linejoin="round" role="img" aria-label="{{(isGood ? "Success" : "Failure")}}"><path d="{{(isGood ? "M7 17l6 6L25 10" : "M9 9l14 14M23 9L9 23")}}"/></svg></div>
        <h1>{{Encode(title)}}</h1>
        <p>{{Encode(text)}}</p>
        <p class="next">{{Encode(next)}}</p>
        </main>
        </body>
        </html>
        """);

    private static string Encode(string text) => WebUtility.HtmlEncode(text);
}
