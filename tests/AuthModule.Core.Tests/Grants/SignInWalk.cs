using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Text.RegularExpressions;
using System.Threading.Tasks;

namespace AuthModule.Core.Tests.Grants;

/// <summary>Signs a person in at oidc-provider by plain HTTP, as tests/oidc-provider/walk.mjs explains it.</summary>
internal sealed partial class SignInWalk : IDisposable
{
    private const int MaxSteps = 20;

    private readonly HttpClient http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = true, CookieContainer = new CookieContainer() });

    public string Login { get; init; } = "alice";

    public bool Refuses { get; init; }

    public void Dispose() => http.Dispose();

    /// <summary>The address that leads away from the server, or the last page.</summary>
    public async Task<string> GoAsync(Uri start)
    {
        string origin = start.GetLeftPart(UriPartial.Authority);
        Uri at = start;
        HttpResponseMessage reply = await GetAsync(at);
        for (int step = 0; step < MaxSteps; step++)
        {
            if (reply.Headers.Location is { } location)
            {
                at = new Uri(at, location);
                if (at.GetLeftPart(UriPartial.Authority) != origin)
                {
                    return location.OriginalString;
                }

                reply = await GetAsync(at);
                continue;
            }

            string page = await reply.Content.ReadAsStringAsync();
            Match form = Form().Match(page);
            if (!reply.IsSuccessStatusCode)
            {
                throw new InvalidOperationException($"{(int)reply.StatusCode} at {at}: {page}");
            }

            if (!form.Success || page.Contains("op.deviceInputForm"))
            {
                return page;
            }

            at = new Uri(at, form.Groups[1].Value);
            reply = Refuses && at.AbsolutePath.StartsWith("/interaction/", StringComparison.Ordinal)
                ? await GetAsync(at = new Uri(at.AbsoluteUri + "/abort"))
                : await PostAsync(at, Fields(form.Groups[2].Value, at));
        }

        throw new InvalidOperationException("The sign-in does not come to an end.");
    }

    private Dictionary<string, string> Fields(string form, Uri target)
    {
        Dictionary<string, string> fields = Hidden().Matches(form).ToDictionary(field => field.Groups[1].Value, field => field.Groups[2].Value);
        if (fields.GetValueOrDefault("prompt") == "login")
        {
            fields["login"] = Login;
            fields["password"] = "anything";
        }

        if (target.AbsolutePath.EndsWith("/session/end/confirm", StringComparison.Ordinal))
        {
            fields["logout"] = "yes";
        }

        return fields;
    }

    private Task<HttpResponseMessage> GetAsync(Uri address) => SendAsync(new HttpRequestMessage(HttpMethod.Get, address));

    private Task<HttpResponseMessage> PostAsync(Uri address, Dictionary<string, string> fields) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Post, address) { Content = new FormUrlEncodedContent(fields) });

    private Task<HttpResponseMessage> SendAsync(HttpRequestMessage request)
    {
        request.Headers.Accept.ParseAdd("text/html");
        return http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    [GeneratedRegex("""<form[^>]*action="([^"]*)"[^>]*>([\s\S]*?)</form>""")]
    private static partial Regex Form();

    [GeneratedRegex("<input type=\"hidden\" name=\"([^\"]*)\" value=\"([^\"]*)\"")]
    private static partial Regex Hidden();
}
