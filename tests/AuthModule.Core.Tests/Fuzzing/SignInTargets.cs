using System;
using System.Collections.Generic;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.AssertionSources;
using AuthModule.Core.Tests.Support;
using AuthModule.Grants;
using AuthModule.Http;
using AuthModule.Requests;
using AuthModule.Secrets;
using AuthModule.Telemetry;

namespace AuthModule.Core.Tests.Fuzzing;

/// <summary>Replies of a sign-in's first half, before there is a token: of platforms, and of services that want to be asked in two steps.</summary>
internal static class SignInTargets
{
    private const string Metadata = """
        {"issuer":"https://id.example.com","token_endpoint":"https://id.example.com/token","authorization_endpoint":"https://id.example.com/authorize","pushed_authorization_request_endpoint":"https://id.example.com/par"}
        """;

    private static readonly TokenRequest Pushing = new()
    {
        Authority = "https://id.example.com",
        ClientId = "c1",
        Input = new GrantInput { RedirectUri = "http://127.0.0.1/back" },
        Parameters = new Dictionary<string, string> { ["pushedAuthorization"] = "true" },
    };

    public static IEnumerable<FuzzTarget> All =>
    [
        new("assertion of a build platform", [U("""{"count":1,"value":"eyJ.a.b"}""")], AskPlatformAsync) { Ids = [AuthErrorId.MalformedResponse] },
        FuzzTarget.OfBytes("backchannel authentication", [U("""{"auth_req_id":"r1","expires_in":120,"interval":2}"""), U("""{"auth_req_id":"r1"}""")], ReadBackchannel, AuthErrorId.MalformedResponse),
        new("pushed authorization request", [U("""{"request_uri":"urn:ietf:params:oauth:request_uri:r1","expires_in":90}""")], PushAsync()) { Ids = [AuthErrorId.MalformedResponse], Share = 0.5 },
    ];

    private static byte[] U(string text) => Encoding.UTF8.GetBytes(text);

    private static async Task AskPlatformAsync(byte[] body)
    {
        var variables = new TestEnvironment { ["ACTIONS_ID_TOKEN_REQUEST_URL"] = "https://jobs.example/token", ["ACTIONS_ID_TOKEN_REQUEST_TOKEN"] = "job" };
        var query = new AssertionQuery("https://id.example.com", variables, new AnsweringSender(_ => body), TransportSettings.Default, NoLog.Instance);
        Secret assertion = await new GitHubAssertionSource(null).ReadAsync(query, CancellationToken.None);
        Assert.NotEqual(0, assertion.Length);
    }

    private static void ReadBackchannel(byte[] body)
    {
        WireReply reply = ReplyTargets.Reply(body);
        BackchannelAuthentication asked = BackchannelAuthentication.Read(reply, JsonReply.Read(reply));

        // What a person is waited for by.
        Assert.All([asked.Interval, asked.Lifetime], static time => Assert.True(time is null || (time > TimeSpan.Zero && time <= TimeSpan.FromDays(365)), $"{time}"));
    }

    private static Func<byte[], Task> PushAsync()
    {
        byte[] reply = [];
        var host = new EngineHost(sender: new AnsweringSender(request => request.Url.AbsolutePath == "/par" ? reply : U(Metadata)));
        return async body =>
        {
            reply = body;
            AuthorizationRequest made = await host.Engine.CreateAuthorizationRequestAsync(Pushing, NoLog.Instance, CancellationToken.None);
            Assert.StartsWith("https://id.example.com/authorize?client_id=c1&request_uri=", made.Url.AbsoluteUri, StringComparison.Ordinal);
        };
    }
}
