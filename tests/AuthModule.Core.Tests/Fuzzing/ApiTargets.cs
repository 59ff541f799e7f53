using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using System.Xml;
using AuthModule.Errors;
using AuthModule.Http;
using AuthModule.Rest;

namespace AuthModule.Core.Tests.Fuzzing;

/// <summary>What APIs answer: results, whatever they are, and refusals. JSON is read by the user's own PowerShell: RestMethod.Tests.ps1.</summary>
internal static class ApiTargets
{
    public static IEnumerable<FuzzTarget> All =>
    [
        FuzzTarget.OfBytes(
            "XML of an API",
            [
                U("<?xml version=\"1.0\" encoding=\"utf-8\"?><orders xmlns:x=\"urn:x\"><x:order id=\"1\">bolt &amp; nut</x:order><![CDATA[<]]></orders>"),
                U("<rss version=\"2.0\"><channel><item><title>a</title></item><item/></channel></rss>"),
                U("<feed xmlns=\"http://www.w3.org/2005/Atom\"><entry><id>1</id></entry></feed>"),
            ],
            ReadXml,
            AuthErrorId.InvalidRequest),
        FuzzTarget.OfBytes(
            "charset of an API",
            [U("utf-8\ntext"), U("\"iso-8859-1\"\ngr\u00fc\u00df"), U("utf-16\nt\0e\0"), U("utf-7\n+AGE-"), U("us-ascii\na")],
            ReadText,
            AuthErrorId.InvalidRequest),
        new(
            "refusal of an API",
            [
                U("""{"error":"invalid_token","error_description":"expired"}"""),
                U("""{"type":"about:blank","title":"Not found","status":404,"detail":"No such order."}"""),
                U("""{"errors":[{"code":7,"message":"no"}],"message":"bad"}"""),
            ],
            ReadRefusalAsync)
        {
            Ids = [AuthErrorId.InvalidRequest],
        },
    ];

    private static byte[] U(string text) => Encoding.UTF8.GetBytes(text);

    private static AuthException Refused() => AuthError.Create(AuthErrorId.InvalidRequest, "It is a text and nothing more.");

    private static void ReadXml(byte[] body)
    {
        IReadOnlyList<XmlNode> read = ReplyText.TryReadXml(ReplyText.Decode(body, null)) ?? throw Refused();

        // What a pipeline shows of it.
        Assert.All(read, static node => Assert.NotNull(node.OuterXml));
    }

    private static void ReadText(byte[] bytes)
    {
        int end = Array.IndexOf(bytes, (byte)'\n');
        string charset = Encoding.Latin1.GetString(bytes, 0, Math.Max(end, 0));
        Assert.NotNull(ReplyText.Decode(bytes[(end + 1)..], charset));
        if (ReplyText.EncodingOf(charset) is null && !charset.Contains("utf-7", StringComparison.Ordinal))
        {
            throw Refused();
        }
    }

    private static async Task ReadRefusalAsync(byte[] body)
    {
        using var response = new HttpResponseMessage(HttpStatusCode.NotFound) { Content = new ByteArrayContent(body) };
        response.Content.Headers.ContentType = new MediaTypeHeaderValue("application/problem+json");
        var request = new WireRequest("request", "https://api.example.com", HttpMethod.Get, new Uri("https://api.example.com/orders"));
        AuthException error = await RestErrors.ReadAsync(response, request, TimeSpan.FromMinutes(5), TimeProvider.System, CancellationToken.None);
        Assert.Equal(AuthErrorId.InvalidRequest, error.Code);
        Assert.DoesNotContain(error.Message, char.IsControl);
        if (error.OAuthErrorDescription is null)
        {
            throw error;
        }
    }
}
