using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using AuthModule.Interaction;

namespace AuthModule.Core.Tests.Grants;

/// <summary>A person with a browser that runs the script of a page whose form posts itself to the client.</summary>
internal sealed partial class FormBrowser : IBrowser
{
    private static readonly HttpClient Http = new(new SocketsHttpHandler { AllowAutoRedirect = false });

    /// <summary>What the form says of where it is from; null takes the page's own origin, as browsers do.</summary>
    public string? Origin { get; init; }

    /// <summary>Changes the fields before they are posted.</summary>
    public Action<Dictionary<string, string>> Tamper { get; init; } = _ => { };

    public Uri? Opened { get; private set; }

    public Task<(int Status, string Page)> LastPage { get; private set; } = Task.FromResult((0, string.Empty));

    public Task<int> Open(Uri address, string? path)
    {
        Opened = address;
        LastPage = Task.Run(async () =>
        {
            string page = await Http.GetStringAsync(address, TestContext.Current.CancellationToken);
            Dictionary<string, string> fields = Hidden().Matches(page).ToDictionary(field => field.Groups[1].Value, field => WebUtility.HtmlDecode(field.Groups[2].Value));
            Tamper(fields);
            using var post = new HttpRequestMessage(HttpMethod.Post, WebUtility.HtmlDecode(Action().Match(page).Groups[1].Value)) { Content = new FormUrlEncodedContent(fields) };
            post.Headers.TryAddWithoutValidation("Origin", Origin ?? address.GetLeftPart(UriPartial.Authority));
            using HttpResponseMessage reply = await Http.SendAsync(post, TestContext.Current.CancellationToken);
            return ((int)reply.StatusCode, await reply.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        });
        return new TaskCompletionSource<int>().Task;
    }

    [GeneratedRegex("action=\"([^\"]*)\"")]
    private static partial Regex Action();

    [GeneratedRegex("<input type=\"hidden\" name=\"([^\"]*)\" value=\"([^\"]*)\"")]
    private static partial Regex Hidden();
}
