using System;
using System.Linq;
using System.Text;
using AuthModule.Core.Tests.Support;
using AuthModule.Profiles;

namespace AuthModule.Core.Tests.Profiles;

public sealed class ProfileReaderTests
{
    private const string Canary = "hunter2-hunter2";

    public static TheoryData<string, string> Faults() => new()
    {
        { "{\n  \"profiles\": {\n    \"p\": { \"clientSecret\": \"" + Canary + "\" }\n  }\n}", "line 3, field profiles.p.clientSecret: has to be an object that says where the secret is" },
        { "{\n  \"profiles\": {\n    \"p\": {\n      \"password\": [\"" + Canary + "\"]\n    }\n  }\n}", "line 4, field profiles.p.password: has to be an object" },
        { "{\"profiles\":{\"p\":{\"clientSecret\":{\"secret\":\"" + Canary + "\"}}}}", "field profiles.p.clientSecret.secret: names a secret of a vault" },
        { "{\"profiles\":{\"p\":{\"clientSecret\":{\"value\":\"" + Canary + "\"}}}}", "field profiles.p.clientSecret.value: is not a field" },
        { "{\"profiles\":{\"p\":{\"parameter\":{\"client_secret\":\"" + Canary + "\"}}}}", "field profiles.p.parameter.client_secret: has the name of a secret" },
        { "{\"profiles\":{\"p\":{\"clientAuthentication\":\"" + Canary + "\"}}}", "field profiles.p.clientAuthentication: has to be one of Basic" },
        { "{\"profiles\":{\"p\":{\"store\":\"redis://:" + Canary + "@cache:6379\"}}}", "field profiles.p.store: holds a user name or password" },
        { "{\"profiles\":{\"p\":{\"proxy\":\"http://me:" + Canary + "@proxy:80\"}}}", "field profiles.p.proxy: holds a user name or password" },
        { "{\"profiles\":{\"p\":{\"authority\":\"https://me:" + Canary + "@id\"}}}", "field profiles.p.authority: holds a user name or password" },
        { "{\"profiles\":{\"p\":{\"assertionSource\":\"" + Canary + "\"}}}", "field profiles.p.assertionSource: has to be one of file:PATH" },
        { "{\"profiles\":{\"p\":{\"tokenDuration\":\"" + Canary + "\"}}}", "field profiles.p.tokenDuration: has to be a number" },
        { "{\"profiles\":{\"p\":{\"clientSecret\":{}}}}", "field profiles.p.clientSecret: has to hold exactly one of env, file, command, vault" },
        { "{\"profiles\":{\"p\":{\"clientSecret\":{\"env\":\"A\",\"file\":\"b\"}}}}", "field profiles.p.clientSecret: has to hold exactly one of" },
        { "{\"profiles\":{\"p\":{\"clientSecret\":{\"vault\":\"v\"}}}}", "field profiles.p.clientSecret.secret: is missing" },
        { "{\"profiles\":{\"p\":{\"clientSecret\":{\"command\":\"get it\"}}}}", "field profiles.p.clientSecret.command: has to be a list of texts" },
        { "{\"profiles\":{\"p\":{\"clientSecret\":{\"command\":[]}}}}", "field profiles.p.clientSecret.command: has to name a program" },
        { "{\"profiles\":{\"p\":{\"autority\":\"id\"}}}", "line 1, field profiles.p.autority: is not a field" },
        { "{\"profiles\":{\"p\":{\"scope\":3}}}", "field profiles.p.scope: has to be a list of texts" },
        { "{\"profiles\":{\"p\":{\"interactive\":\"yes\"}}}", "field profiles.p.interactive: has to be true or false" },
        { "{\"profiles\":{\"p\":{\"clientId\":\"\"}}}", "field profiles.p.clientId: is empty" },
        { "{\"profiles\":{\"p\":{\"interactive\":true,\"apiKey\":{\"env\":\"K\"}}}}", "field profiles.p.apiKey: is a second way to sign in, besides interactive" },
        { "{\"profiles\":{\"p\":{\"clientKey\":\"a\\u0000b\"}}}", "field profiles.p.clientKey: has to be the path of a file" },
        { "{\"profiles\":{\"p\":{\"store\":\"file:a\\u0000b\"}}}", "field profiles.p.store: has to be the path of a file" },
        { "{\"profiles\":{\"p\":{\"clientSecret\":{\"file\":\"a\\u0000b\"}}}}", "field profiles.p.clientSecret.file: has to be the path of a file" },
        { "{\"profiles\":{\"a\":{},\"A\":{}}}", "field profiles.a: holds profile 'a' twice" },
        { "{\"profiles\":{\"p\":[]}}", "field profiles.p: has to be an object" },
        { "{\"profiles\":{\"p\":{\"clientId\":\"a\",\"clientId\":\"" + Canary + "\"}}}", "field profiles.p.clientId: is there twice" },
        { "{\"profiles\":{\"p\":{\"chain\":[\"" + Canary + "\"]}}}", "field profiles.p.chain[0]: is no way to sign in; there are workload" },
        { "{\"profiles\":{\"p\":{\"chain\":[\"devise\"]}}}", "is no way to sign in (did you mean 'device'?)" },
        { "{\"profiles\":{\"p\":{\"chain\":[\"client key\"]}}}", "field profiles.p.chain[0]: needs the field clientKey" },
        { "{\"profiles\":{\"p\":{\"chain\":[{\"way\":\"client secret\",\"clientSecret\":\"" + Canary + "\"}]}}}", "field profiles.p.chain[0].clientSecret: has to be an object that says where" },
        { "{\"profiles\":{\"p\":{\"chain\":[{\"clientId\":\"a\"}]}}}", "field profiles.p.chain[0].way: is missing" },
        { "{\"profiles\":{\"p\":{\"chain\":[{\"way\":\"device\",\"deviceCode\":true}]}}}", "field profiles.p.chain[0].deviceCode: is not a field" },
        { "{\"profiles\":{\"p\":{\"interactive\":true,\"chain\":[\"device\"]}}}", "field profiles.p.interactive: is a second way to sign in, besides chain" },
        { "{}", "field profiles: is missing" },
        { "{\n\"profiles\": ", "line 2: is not JSON" },
    };

    [Theory]
    [Trait("Feature", "N10")]
    [MemberData(nameof(Faults))]
    public void A_fault_is_named_with_file_line_and_field_and_its_value_is_not_repeated(string json, string fault)
    {
        var error = Assert.Throws<ConfigurationException>(() => Read(json));
        Assert.Equal(AuthErrorId.InvalidProfile, error.Code);
        Assert.StartsWith("/home/me/profiles.json, line ", error.Message, StringComparison.Ordinal);
        Assert.Contains(fault, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", error.ToString() + error.ToJson(), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Feature", "U9")]
    public void All_faults_of_a_profile_are_told_at_once()
    {
        string message = Assert.Throws<ConfigurationException>(() => Read("""
            { "profiles": { "p": {
                "autority": "id.contoso.com",
                "clientSecret": "hunter2-hunter2",
                "scope": 3 } } }
            """)).Message;
        Assert.Matches("line 2, field profiles.p.autority: is not a field that is known here \\(did you mean 'authority'\\?\\).*"
            + "line 3, field profiles.p.clientSecret: has to be an object.*line 4, field profiles.p.scope: has to be a list", message);
        Assert.DoesNotContain("hunter2", message, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Feature", "U9")]
    public void A_bad_profile_and_a_field_of_a_newer_version_spoil_only_themselves()
    {
        ProfileFile file = ProfileReader.Read(
            Encoding.UTF8.GetBytes("""
                { "later": 1, "profiles": {
                    "good": { "clientId": "a" }, "newer": { "quantum": true }, "twice": { "clientId": "a", "clientId": "b" },
                    "Same": {}, "same": {}, "last": { "clientId": "z" } } }
                """),
            "/home/me/profiles.json",
            new TestEnvironment());
        Assert.Equal(["good", "last"], file.Profiles.Select(profile => profile.Name));
        Assert.Equal(["newer", "twice", "Same", "same"], file.Entries.Where(entry => entry.Fault is not null).Select(entry => entry.Profile.Name));
        Assert.Contains("field later: is not a field", Assert.Single(file.Faults).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ "clientId": "a", "clientSecret": { "env": "S" } }""", "client_credentials")]
    [InlineData("""{ "clientId": "a", "clientKey": "key.pem" }""", "client_credentials")]
    [InlineData("""{ "userName": "a", "password": { "env": "S" }, "clientSecret": { "env": "T" } }""", "password")]
    [InlineData("""{ "apiKey": { "env": "S" } }""", "api_key")]
    [InlineData("""{ "assertionSource": "github" }""", "workload")]
    [InlineData("""{ "interactive": true }""", "interactive")]
    [InlineData("""{ "deviceCode": true, "clientSecret": { "env": "S" } }""", "urn:ietf:params:oauth:grant-type:device_code")]
    [InlineData("""{ "authority": "id.contoso.com" }""", null)]
    public void What_a_profile_holds_says_how_it_signs_in(string profile, string? grant) =>
        Assert.Equal(grant, Read($$"""{ "profiles": { "p": {{profile}} } }""").Single().Grant);

    [Fact]
    public void Paths_are_relative_to_the_file_or_to_the_users_folder()
    {
        ProfileDescription profile = Read("""
            { "profiles": { "p": {
                "clientKey": "keys/nightly.pem", "caCertificate": "~/ca.pem", "store": "file:tokens",
                "clientSecret": { "file": "../secret" } } } }
            """).Single();
        Assert.Equal(System.IO.Path.GetFullPath("/home/me/keys/nightly.pem"), profile.ClientKey);
        Assert.Equal(System.IO.Path.GetFullPath("/home/you/ca.pem"), profile.CaCertificate);
        Assert.Equal("file:" + System.IO.Path.GetFullPath("/home/me/tokens"), profile.Store);
        Assert.Equal("file:" + System.IO.Path.GetFullPath("/home/secret"), profile.Secrets.Single().Reference.Name);
    }

    [Theory]
    [Trait("Feature", "N10")]
    [InlineData("authorizationEndpoint", false)]
    [InlineData("authorization_details", false)]
    [InlineData("Authorization", true)]
    [InlineData("x-authorization", true)]
    [InlineData("refresh_token", true)]
    public void Only_what_would_hold_a_secret_is_kept_out_of_parameter(string name, bool isSecret)
    {
        string json = $$$"""{ "profiles": { "p": { "clientId": "a", "parameter": { "{{{name}}}": "https://id.example.com/a" } } } }""";
        if (isSecret)
        {
            Assert.Contains("has the name of a secret", Assert.Throws<ConfigurationException>(() => Read(json)).Message, StringComparison.Ordinal);
        }
        else
        {
            Assert.Equal("https://id.example.com/a", Read(json).Single().Parameters[name]);
        }
    }

    private static System.Collections.Generic.IReadOnlyList<ProfileDescription> Read(string json) =>
        ProfileReader.Read(Encoding.UTF8.GetBytes(json), "/home/me/profiles.json", new TestEnvironment { ["HOME"] = "/home/you" }).WithoutFaults();
}
