using System;
using System.Linq;
using System.Threading.Tasks;
using AuthModule.Core.Tests.Providers.Language;
using AuthModule.Core.Tests.Support;
using AuthModule.Requests;
using AuthModule.TestKit.Servers;

namespace AuthModule.Core.Tests.Providers.Services;

/// <summary>Tokens of Kubernetes' service accounts.</summary>
public sealed class KubernetesTests
{
    private static TokenRequest Account(string authority, params (string Name, string Value)[] more) =>
        (Described.Key(authority, "bootstrap-token-1") with { Provider = "kubernetes" }).With([("serviceAccount", "builder"), .. more]);

    [Theory]
    [Trait("Feature", "S13")]
    [InlineData(null, null, "default", """{"apiVersion":"authentication.k8s.io/v1","kind":"TokenRequest"}""")]
    [InlineData("vault", "7200", "ci", """{"apiVersion":"authentication.k8s.io/v1","kind":"TokenRequest","spec":{"audiences":["vault"],"expirationSeconds":7200}}""")]
    public async Task A_token_is_asked_for_and_anew_at_a_renewal(string? audience, string? seconds, string space, string body)
    {
        string end = DateTimeOffset.UtcNow.AddHours(2).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);
        await using ScriptedServer server = (await ScriptedServer.StartAsync()).On("POST", $"/api/v1/namespaces/{space}/serviceaccounts/builder/token", _ => new ScriptedReply(
            $$$"""{"kind":"TokenRequest","apiVersion":"authentication.k8s.io/v1","metadata":{"name":"builder","namespace":"{{{space}}}"},"spec":{"audiences":["vault"],"expirationSeconds":7200},"status":{"token":"eyJ.sa.token","expirationTimestamp":"{{{end}}}"}}""", 201));
        var engine = new EngineHost();
        (string, string)[] more = audience is null ? [] : [("audience", audience), ("expirationSeconds", seconds!), ("namespace", space)];
        AuthToken token = await engine.GetAsync(Account(server.Address, more));
        Assert.Equal("Bearer eyJ.sa.token", token.ToHeader()["Authorization"]);
        Assert.InRange(token.ExpiresIn.TotalMinutes, 118, 120);
        await engine.UpdateAsync();
        Assert.Equal([body, body], server.Requests.Select(sent => sent.Body));
        Assert.All(server.Requests, sent => Assert.Equal("Bearer bootstrap-token-1", sent.Header("Authorization")));
    }

    [Theory]
    [Trait("Feature", "S13")]
    [InlineData(401, "Unauthorized", "Unauthorized", AuthErrorId.InvalidCredentials)]
    [InlineData(403, "Forbidden", "serviceaccounts \\\"builder\\\" is forbidden: User \\\"system:serviceaccount:ci:x\\\" cannot create resource", AuthErrorId.AccessDenied)]
    [InlineData(404, "NotFound", "serviceaccounts \\\"builder\\\" not found", AuthErrorId.InvalidRequest)]
    public async Task A_status_says_why(int status, string reason, string message, string id)
    {
        await using ScriptedServer server = (await ScriptedServer.StartAsync()).On("POST", "/api/v1/namespaces/default/serviceaccounts/builder/token",
            $$$"""{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"{{{message}}}","reason":"{{{reason}}}","code":{{{status}}}}""", status);
        AuthException error = await Assert.ThrowsAnyAsync<AuthException>(() => new EngineHost().GetAsync(Account(server.Address)));
        Assert.Equal((id, reason), (error.Code, error.OAuthError));
    }
}
