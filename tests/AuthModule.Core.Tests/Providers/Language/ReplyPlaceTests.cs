using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Security;
using System.Text;
using System.Threading.Tasks;
using AuthModule.Core.Tests.Support;
using AuthModule.TestKit.Servers;

namespace AuthModule.Core.Tests.Providers.Language;

/// <summary>Where services put a token, and what they say beside it.</summary>
public sealed class ReplyPlaceTests
{
    private const string Login = """ "grants": { "password": { "endpoint": "{authority}/login", "encoding": "json", "credential": "none", "fields": { "user": "{username}", "password": "{password}" } } } """;

    public static TheoryData<string, string, string, string, string> Replies() => new()
    {
        // reply description, content type, body, header line, token
        { """{ "accessToken": "header:X-Auth-Token" }""", "application/json", "", "X-Auth-Token: t1", "t1" },
        { """{ "accessToken": "cookie:SID" }""", "text/html", "<html></html>", "Set-Cookie: SID=t1; Path=/; HttpOnly", "t1" },
        { """{ "accessToken": "$" }""", "application/json", "\"t1\"", "", "t1" },
        { """{ "accessToken": "$" }""", "text/plain", "t1\r\n", "", "t1" },
        { """{ "accessToken": "$" }""", "application/json", "4711", "", "4711" },
        { """{ "accessToken": "access_token" }""", "application/x-www-form-urlencoded", "access_token=t1&expires_in=60", "", "t1" },
        { """{ "accessToken": "result.key" }""", "application/xml", "<response status='success'><result><key>t1</key></result></response>", "", "t1" },
        { """{ "accessToken": "Body.LoginResponse.result.sessionId" }""", "text/xml; charset=utf-8", "<s:Envelope xmlns:s='urn:s'><s:Body><LoginResponse xmlns='urn:l'><result><sessionId>t1</sessionId></result></LoginResponse></s:Body></s:Envelope>", "", "t1" },
        { """{ "accessToken": "result.@token", "body": "xml" }""", "text/plain", "<r><result token='t1'>x</result></r>", "", "t1" },
        { """{ "accessToken": "['.token']" }""", "application/json", "{\".token\":\"t1\"}", "", "t1" },
        { """{ "accessToken": "d['a.b'][1]" }""", "application/json", "{\"d\":{\"a.b\":[\"t0\",\"t1\"]}}", "", "t1" },
        { """{ "accessToken": "tokens[use=access].value" }""", "application/json", "{\"tokens\":[{\"use\":\"id\",\"value\":\"t0\"},{\"use\":\"access\",\"value\":\"t1\"}]}", "", "t1" },
        { """{ "accessToken": "auth[renewable=true].token" }""", "application/json", "{\"auth\":{\"renewable\":true,\"token\":\"t1\"}}", "", "t1" },
        { """{ "accessToken": [ "auth[renewable=true].token", "auth.other" ] }""", "application/json", "{\"auth\":{\"renewable\":false,\"token\":\"t0\",\"other\":\"t1\"}}", "", "t1" },
        { """{ "accessToken": { "from": "cookie:session_key_*", "match": "[^\"]+" } }""", "application/json", "{}", "Set-Cookie: session_key_443_ab12=\"t1\"; Path=/; HttpOnly", "t1" },
        { """{ "accessToken": [ "nothing", "data.token" ] }""", "application/json", "{\"data\":[{\"token\":\"t1\"}]}", "", "t1" },
        { """{ "accessToken": { "from": "$", "match": "token=([^;]+)" }, "body": "text" }""", "text/plain", "ok;token=t1;x", "", "t1" },
        { """{ "accessToken": "Token" }""", "application/json; charset=iso-8859-1", "{\"Token\":\"t1\",\"Name\":\"J\u00fcrgen\"}", "", "t1" },
    };

    [Theory]
    [Trait("Feature", "S2")]
    [MemberData(nameof(Replies))]
    public async Task A_token_is_found_where_the_description_says(string reply, string contentType, string body, string header, string token)
    {
        await using ScriptedServer server = (await ScriptedServer.StartAsync()).On("POST", "/login", _ => new ScriptedReply(body, 201, contentType)
        {
            Headers = header.Length == 0 ? [] : [(header.Split(": ")[0], header.Split(": ")[1])],
        });
        AuthToken got = await Described.By($"{Login}, \"reply\": {reply}").GetAsync(Described.Person(server.Address));
        Assert.Equal(token, got.ToPlainText());
    }

    [Fact]
    [Trait("Feature", "S2")]
    public void Bodies_were_tried_in_many_forms() => Figures.Add("places of replies", $"{Replies().Count} forms");

    [Fact]
    [Trait("Feature", "S1")]
    [Trait("Feature", "S2")]
    public async Task A_session_by_header_ends_at_its_location()
    {
        await using ScriptedServer server = (await ScriptedServer.StartAsync())
            .On("POST", "/redfish/v1/SessionService/Sessions", _ => new ScriptedReply("{}", 201) { Headers = [("X-Auth-Token", "rf-1"), ("Location", "/redfish/v1/SessionService/Sessions/7")] })
            .On("DELETE", "/redfish/v1/SessionService/Sessions/7", "", 204);
        EngineHost engine = Described.By("""
            "grants": { "password": { "endpoint": "{authority}/redfish/v1/SessionService/Sessions", "encoding": "json", "credential": "none", "fields": { "UserName": "{username}", "Password": "{password}" } } },
            "operations": { "signOut": { "endpoint": "{sessionUri}", "method": "DELETE", "encoding": "none", "credential": "token" } },
            "reply": { "accessToken": "header:X-Auth-Token", "keep": { "sessionUri": "header:Location", "number": { "from": "header:Location", "match": "/([^/]+)$" } }, "defaultLifetime": 1800 },
            "tokenHeaders": { "X-Auth-Token": "{accessToken}" }
            """);
        AuthToken token = await engine.GetAsync(Described.Person(server.Address));
        Assert.Equal("rf-1", token.ToHeader()["X-Auth-Token"]);
        Assert.Equal(("7", server.Address + "/redfish/v1/SessionService/Sessions/7"), ((string)token.Properties["number"], (string)token.Properties["sessionUri"]));
        Assert.Equal(RevocationOutcome.Confirmed, (await engine.RevokeAsync()).AccessToken);
        Assert.Equal(["POST /redfish/v1/SessionService/Sessions", "DELETE /redfish/v1/SessionService/Sessions/7"], server.Requests.Select(request => $"{request.Method} {request.Path}"));
        Assert.Equal("rf-1", server.Requests[1].Header("X-Auth-Token"));
    }

    [Fact]
    [Trait("Feature", "S1")]
    public async Task What_is_kept_is_in_later_addresses_headers_and_properties_and_survives_a_renewal()
    {
        await using ScriptedServer server = await ScriptedServer.StartAsync();
        server.On("POST", "/token", $$"""{"access_token":"00Dx!t","instance_url":"{{server.Address}}/na1","csrf":"c-s-r-f-1","refresh_token":"r1","token_type":"Bearer"}""")
            .On("POST", "/na1/revoke", "{}");
        EngineHost engine = Described.By("""
            "endpoints": { "token": "{authority}/token", "revocation": "{instanceUrl}/revoke" },
            "grants": { "client_credentials": {}, "refresh_token": {} },
            "operations": { "revocation": { "credential": "none", "fields": { "token": "{token}" } } },
            "reply": { "keep": { "instanceUrl": "instance_url", "csrf": { "from": "csrf", "secret": true, "required": true } } },
            "tokenHeaders": { "Authorization": "Bearer {accessToken}", "X-Csrf": { "value": "{csrf}", "methods": [ "POST", "DELETE" ] } }
            """);
        AuthToken token = await engine.GetAsync(Described.Client(server.Address));
        Assert.Equal(server.Address + "/na1", token.Properties["instanceUrl"]);
        Assert.Equal("c-s-r-f-1", new NetworkCredential("", Assert.IsType<SecureString>(token.Properties["csrf"])).Password);
        Assert.Equal("c-s-r-f-1", token.ToHeader()["X-Csrf"]);
        server.On("POST", "/token", """{"access_token":"00Dx!u","csrf":"c-s-r-f-2","refresh_token":"r2"}""");
        AuthToken renewed = await engine.UpdateAsync();
        Assert.Equal((server.Address + "/na1", "c-s-r-f-2"), ((string)renewed.Properties["instanceUrl"], renewed.ToHeader()["X-Csrf"]));
        Assert.Equal(RevocationOutcome.Confirmed, (await engine.RevokeAsync()).AccessToken);
        Assert.Contains(server.Requests, request => request.Path == "/na1/revoke");
        Assert.DoesNotContain(engine.Log.Lines, line => line.Contains("c-s-r-f", StringComparison.Ordinal));
    }

    [Fact]
    [Trait("Feature", "S1")]
    public async Task A_kept_value_that_is_required_and_missing_is_named()
    {
        await using ScriptedServer server = (await ScriptedServer.StartAsync()).On("POST", "/login", """{"access_token":"t"}""");
        AuthException error = await Assert.ThrowsAnyAsync<AuthException>(() =>
            Described.By(Login + """, "reply": { "keep": { "base": { "from": "base_uri", "required": true } } } """).GetAsync(Described.Person(server.Address)));
        Assert.Equal(AuthErrorId.MalformedResponse, error.Code);
        Assert.Contains("base_uri", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Feature", "S1")]
    public async Task Kept_values_live_in_a_store_with_their_session()
    {
        await using ScriptedServer server = (await ScriptedServer.StartAsync()).On("POST", "/login", """{"access_token":"t","base":"b1","csrf":"c-s-r-f-1"}""");
        const string Description = Login + """, "reply": { "keep": { "base": "base", "csrf": { "from": "csrf", "secret": true } } } """;
        string folder = System.IO.Directory.CreateTempSubdirectory().FullName;
        try
        {
            var first = Described.By(Description);
            first.Variables["AUTHMODULE_STORE_KEY"] = Convert.ToBase64String(new byte[32]);
            await first.GetAsync(Described.Person(server.Address) with { Store = "file:" + folder });
            var second = Described.By(Description);
            second.Variables["AUTHMODULE_STORE_KEY"] = first.Variables["AUTHMODULE_STORE_KEY"];
            AuthToken found = await second.GetAsync(Described.Person(server.Address) with { Store = "file:" + folder });
            Assert.Equal("b1", found.Properties["base"]);
            Assert.IsType<SecureString>(found.Properties["csrf"]);
            Assert.Single(server.Requests);
            Assert.All(System.IO.Directory.GetFiles(folder, "*", System.IO.SearchOption.AllDirectories), file => Assert.DoesNotContain("c-s-r-f-1", System.IO.File.ReadAllText(file, Encoding.Latin1), StringComparison.Ordinal));
        }
        finally
        {
            System.IO.Directory.Delete(folder, recursive: true);
        }
    }
}
