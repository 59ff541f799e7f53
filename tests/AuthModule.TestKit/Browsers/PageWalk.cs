using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Xunit;

namespace AuthModule.TestKit.Browsers;

/// <summary>A browser without a window: keeps cookies, follows redirects within one server, fills in forms.</summary>
internal sealed partial class PageWalk : IDisposable
{
    private const int MaxSteps = 20;

    private readonly HttpClient http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = true, CookieContainer = new CookieContainer() });

    public Uri Address { get; private set; } = new("about:blank");

    public int Status { get; private set; }

    public string Text { get; private set; } = string.Empty;

    public HttpResponseMessage? Reply { get; private set; }

    /// <summary>Where the server sent the browser, away from itself; null while it is there.</summary>
    public Uri? Left { get; private set; }

    /// <summary>As the page calls itself: <c>sign-in</c>, <c>consent</c>, <c>device</c>, <c>message</c>.</summary>
    public string Page => PageName().Match(Text).Groups[1].Value;

    public string Heading => WebUtility.HtmlDecode(HeadingText().Match(Text).Groups[1].Value);

    public Task OpenAsync(Uri address) => GoAsync(new HttpRequestMessage(HttpMethod.Get, address));

    /// <summary>Sends the page's first form with its hidden fields and these.</summary>
    public Task SubmitAsync(params (string Name, string Value)[] fields)
    {
        Match form = Form().Match(Text);
        Assert.True(form.Success, Text);
        Dictionary<string, string> all = Hidden().Matches(form.Groups[2].Value).ToDictionary(field => field.Groups[1].Value, field => WebUtility.HtmlDecode(field.Groups[2].Value));
        foreach ((string name, string value) in fields)
        {
            all[name] = value;
        }

        return GoAsync(new HttpRequestMessage(HttpMethod.Post, new Uri(Address, WebUtility.HtmlDecode(form.Groups[1].Value))) { Content = new FormUrlEncodedContent(all) });
    }

    public Task SignInAsync(string name, string password) => SubmitAsync(("username", name), ("password", password), ("answer", "sign-in"));

    /// <summary>The consent page's answer.</summary>
    public Task AnswerAsync(string answer) => SubmitAsync(("answer", answer));

    public void Dispose()
    {
        Reply?.Dispose();
        http.Dispose();
    }

    private async Task GoAsync(HttpRequestMessage first)
    {
        string origin = first.RequestUri!.GetLeftPart(UriPartial.Authority);
        Left = null;
        HttpRequestMessage request = first;
        for (int step = 0; step < MaxSteps; step++)
        {
            using HttpRequestMessage sent = request;
            sent.Headers.Accept.ParseAdd("text/html");
            Reply?.Dispose();
            Reply = await http.SendAsync(sent, TestContext.Current.CancellationToken);
            Address = sent.RequestUri!;
            Status = (int)Reply.StatusCode;
            Text = await Reply.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            if (Reply.Headers.Location is not { } location)
            {
                return;
            }

            var next = new Uri(Address, location);
            if (next.GetLeftPart(UriPartial.Authority) != origin)
            {
                Left = next;
                return;
            }

            request = new HttpRequestMessage(HttpMethod.Get, next);
        }

        throw new InvalidOperationException("The pages do not come to an end.");
    }

    [GeneratedRegex("<main data-page=\"([^\"]*)\"")]
    private static partial Regex PageName();

    [GeneratedRegex("<h1>(.*?)</h1>", RegexOptions.Singleline)]
    private static partial Regex HeadingText();

    [GeneratedRegex("""<form[^>]*action="([^"]*)"[^>]*>([\s\S]*?)</form>""")]
    private static partial Regex Form();

    [GeneratedRegex("<input type=\"hidden\" name=\"([^\"]*)\" value=\"([^\"]*)\"")]
    private static partial Regex Hidden();
}
