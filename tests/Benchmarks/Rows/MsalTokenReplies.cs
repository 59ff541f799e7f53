using System.Net;
using System.Net.Http;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Identity.Client;

namespace AuthModule.Benchmarks.Rows;

/// <summary>Answers MSAL's token request inside this process, so that its cache has something to serve.</summary>
internal sealed class MsalTokenReplies : HttpMessageHandler, IMsalHttpClientFactory
{
    private const string Reply = """{"token_type":"Bearer","expires_in":3600,"ext_expires_in":3600,"access_token":"0123456789abcdef0123456789abcdef"}""";

    private readonly HttpClient client;
    private int requests;

    public MsalTokenReplies() => client = new HttpClient(this, disposeHandler: false);

    public int Requests => Volatile.Read(ref requests);

    public HttpClient GetHttpClient() => client;

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref requests);
        return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(Reply, Encoding.UTF8, "application/json") });
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            client.Dispose();
        }

        base.Dispose(disposing);
    }
}
