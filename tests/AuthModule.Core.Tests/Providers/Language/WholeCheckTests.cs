using System;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using AuthModule.Core.Tests.Support;
using AuthModule.Providers;
using AuthModule.TestKit.Files;
using AuthModule.TokenTesting;

namespace AuthModule.Core.Tests.Providers.Language;

/// <summary>Descriptions are checked whole, and proven without their service.</summary>
public sealed class WholeCheckTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory().FullName;

    public static TheoryData<string, string> Faults() => new()
    {
        { """ "grants": { "pasword": {} } """, "field grants.pasword: is neither a grant of ours (did you mean 'password'?)" },
        { """ "grants": { "password": { "renewWith": "refesh" }, "refresh_token": {} } """, "renewWith: names 'refesh'" },
        { """ "grants": { "password": {} }, "operations": { "signout": {} } """, "field operations.signout: is not an operation (did you mean 'signOut'?)" },
        { """ "grants": { "password": { "encodng": "json" } } """, "is not a field that is known here (did you mean 'encoding'?)" },
        { """ "grants": { "password": { "fields": { "u": "{usernam}" } } } """, "(did you mean 'username'?)" },
        { """ "grants": { "password": { "fields": { "c": "{code}" } } } """, "never has a value in this request" },
        { """ "grants": { "password": { "fields": { "c": "{jwt:login}" } } } """, "the place {jwt:login} in '{jwt:login}' is not among the assertions" },
        { """ "grants": { "password": { "endpoint": "tokn" } } """, "'tokn' is not among the endpoints (did you mean 'token'?)" },
        { """ "grants": { "password": { "headers": { "X A": "b" } } } """, "is not the name of a header" },
        { """ "grants": { "password": { "method": "GET", "encoding": "json" } } """, "GET carries none" },
        { """ "grants": { "password": { "fields": { "a": { "b": 1 } } } } """, "only encoding json can send" },
        { """ "grants": { "password": { "body": "x" } } """, "has an effect with encoding text only" },
        { """ "grants": { "password": { "encoding": "none", "fields": { "a": "b" } } } """, "has no effect with encoding none" },
        { """ "grants": { "password": { "ends": "access" } } """, "has no effect in a grant" },
        { """ "grants": { "password": { "token": "{username}", "endpoint": "token" } } """, "has no effect beside token" },
        { """ "grants": { "api_key": { "reply": {} } } """, "the key itself is what goes out" },
        { """ "grants": { "password": {} }, "operations": { "signOut": { "challenge": { "when": "x" } } } """, "has an effect in grants only" },
        { """ "grants": { "password": {} }, "authority": { "append": "realms" } """, "field authority.append: does not begin with a slash" },
        { """ "grants": { "password": {} }, "reply": { "keep": { "password": "p" } } """, "has the name of a place of ours" },
        { """ "grants": { "password": {} }, "reply": { "accessToken": "a..b" } """, "is not a place in a reply" },
        { """ "grants": { "password": {} }, "reply": { "expiresAtUnit": "s" } """, "has no effect without expiresAt" },
        { """ "grants": { "password": {} }, "tokenHeaders": { "Authorization": { "value": "Bearer abcdef" } } """, "holds a value where a secret belongs" },
        { """ "grants": { "password": {} }, "clientAuthentication": "Basik" """, "(did you mean 'Basic'?)" },
        { """ "grants": { "password": {} }, "errors": { "rules": [ { "id": "AccountLocked", "operation": "pasword" } ] } """, "is neither a grant nor an operation (did you mean 'password'?)" },
        { """ "grants": { "password": {} }, "issuer": "{username}" """, "where the service itself is named" },
    };

    [Theory]
    [Trait("Feature", "S12")]
    [MemberData(nameof(Faults))]
    public void A_fault_anywhere_is_found_and_named(string members, string fault)
    {
        ConfigurationException error = Assert.Throws<ConfigurationException>(() => Described.Read(members));
        Assert.Equal(AuthErrorId.InvalidProvider, error.Code);
        Assert.Contains(fault, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Feature", "S12")]
    public void All_faults_are_told_at_once()
    {
        (_, System.Collections.Generic.IReadOnlyList<string> faults) = DescriptionReader.TryRead(Encoding.UTF8.GetBytes(
            "{\n  \"name\": \"x y\",\n  \"grants\": {\n    \"password\": { \"encoding\": \"xml\", \"nope\": 1 }\n  },\n  \"reply\": { \"defaultLifetime\": \"x\" },\n  \"titel\": \"t\"\n}"), "probe.json");
        Assert.Equal([2, 4, 4, 6, 7], faults.Select(fault => int.Parse(fault.Split("line ")[1].Split([',', ':'])[0], System.Globalization.CultureInfo.InvariantCulture)));
        Figures.Add("faults of descriptions", $"{Faults().Count} kinds");
    }

    [Fact]
    [Trait("Feature", "S12")]
    public async Task A_description_is_proven_without_its_service()
    {
        string path = Write("p.json", """
            { "name": "p", "parameters": { "realm": { "default": "pam" } },
              "grants": { "password": { "endpoint": "{authority}/login", "credential": "none", "fields": { "username": "{username}@{realm}", "password": "{password}" }, "headers": { "Authorization": "Basic {basic:username,password}" } } },
              "operations": { "signOut": { "endpoint": "{authority}/out/{number}", "method": "DELETE", "encoding": "none", "credential": "token" } },
              "reply": { "accessToken": "data.ticket", "keep": { "number": "data.n", "csrf": { "from": "data.csrf", "secret": true } } },
              "tokenHeaders": { "Cookie": "A={accessToken}", "X-Csrf": { "value": "{csrf}", "methods": [ "DELETE" ] } } }
            """);
        string reply = Write("r.json", """{ "status": 200, "headers": { "Content-Type": "application/json" }, "body": { "data": { "ticket": "t-i-c-k-e-t", "n": 7, "csrf": "c-s-r-f" } } }""");
        ProviderCheck check = await ProviderProof.RunAsync(path, reply, null, TimeProvider.System, TestContext.Current.CancellationToken);
        Assert.True(check.IsValid);
        Assert.Equal(["password: POST https://service.example/login", "signOut: DELETE https://service.example/out/<number>"], check.Requests.Select(request => request.ToString()));
        Assert.Equal("username=<username>@pam&password=***", check.Requests[0].Body);
        Assert.Equal("Basic ***", check.Requests[0].Headers["Authorization"]);
        Assert.Equal(("A=***", "***"), (check.Requests[1].Headers["Cookie"], check.Requests[1].Headers["X-Csrf"]));
        Assert.True(check.Reply!.HasToken);
        Assert.Equal(("***", "7", "***"), (check.Reply.Taken["accessToken"], check.Reply.Taken["number"], check.Reply.Taken["csrf"]));
    }

    [Theory]
    [Trait("Feature", "S12")]
    [InlineData("""{"error":"invalid_client"}""", "InvalidClient")]
    [InlineData("""{"mfa_required":true}""", "MfaRequired")]
    [InlineData("<html></html>", "MalformedResponse")]
    public async Task A_recorded_refusal_leads_to_its_id(string reply, string id)
    {
        ProviderCheck check = await ProviderProof.RunAsync(
            Write("p.json", """{ "name": "p", "endpoints": { "token": "{authority}/t" }, "grants": { "client_credentials": {} } }"""), Write("r.txt", reply), null, TimeProvider.System, TestContext.Current.CancellationToken);
        Assert.Equal((false, id), (check.Reply!.HasToken, check.Reply.Failure));
    }

    public static TheoryData<string> Files() =>
        [.. RepositoryFiles.In("src/AuthModule.Core/Providers/BuiltIn", "*.json").Concat(RepositoryFiles.In("examples/providers", "*.json"))];

    [Theory]
    [Trait("Feature", "S12")]
    [MemberData(nameof(Files))]
    public async Task Every_description_here_shows_all_its_requests(string file)
    {
        ProviderCheck check = await ProviderProof.RunAsync(file, null, null, TimeProvider.System, TestContext.Current.CancellationToken);
        Assert.Empty(check.Faults);
        Assert.All(check.Requests, request => Assert.Null(request.Fault));
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private string Write(string name, string text)
    {
        string path = Path.Combine(folder, name);
        File.WriteAllText(path, text);
        return path;
    }
}
