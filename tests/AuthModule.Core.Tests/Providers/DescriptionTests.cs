using System;
using System.Linq;
using System.Text;
using AuthModule.Providers;

namespace AuthModule.Core.Tests.Providers;

public sealed class DescriptionTests
{
    [Fact]
    [Trait("Feature", "N12")]
    public void Every_built_in_description_is_read()
    {
        var catalog = new ProviderCatalog();
        Assert.Superset(
            new System.Collections.Generic.HashSet<string> { "oidc", "oauth2", "keycloak", "px-backup", "pynomaly", "mosaia", "cognito" },
            catalog.All.Select(provider => provider.Name).ToHashSet());
        Assert.All(catalog.All, provider => Assert.True(provider.IsBuiltIn && provider.Grants.Count > 0));
    }

    public static TheoryData<string, string> Faults() => new()
    {
        { "{\n  \"name\": \"x\",\n  \"grants\": {\n    \"password\": { \"encoding\": \"xml\" }\n  }\n}", "line 4, field grants.password.encoding: 'xml' is not one of form, json, query, text, none" },
        { "{\n  \"name\": \"x\",\n  \"grantz\": {}\n}", "line 3, field grantz: is not a field" },
        { "{\n  \"name\": \"x\"\n}", "field grants: is missing or empty" },
        { "{\n  \"grants\": { \"password\": {} }\n}", "field name: is missing" },
        { "{\n  \"name\": \"x\",\n  \"name\": \"y\"\n}", "line 3, field name: is there twice" },
        { "{\n  \"name\": ", "line 2: is not JSON" },
        { "[]", "line 1: has to be an object" },
        { "{\"name\":\"x\",\"grants\":{\"password\":{\"fields\":{\"u\":\"{usrname}\"}}}}", "the place {usrname} in '{usrname}' is neither one of ours" },
        { "{\"name\":\"x\",\"grants\":{\"password\":{\"fields\":{\"u\":\"{username\"}}}}", "field grants.password.fields.u: '{username' has a '{' without its '}'" },
        { "{\"name\":\"x\",\"grants\":{\"client_credentials\":{\"fields\":{\"client_secret\":\"hunter2-hunter2\"}}}}", "field grants.client_credentials.fields.client_secret: holds a value where a secret belongs" },
        { "{\"name\":\"x\",\"tokenHeaders\":{\"Authorization\":\"Bearer abc\"},\"grants\":{\"password\":{}}}", "field tokenHeaders.Authorization: holds a value where a secret belongs" },
        { "{\"name\":\"x\",\"errors\":{\"rules\":[{\"id\":\"NoSuchId\"}]},\"grants\":{\"password\":{}}}", "field errors.rules[0].id: 'NoSuchId' is not an error id" },
        { "{\"name\":\"x\",\"errors\":{\"rules\":[{\"id\":\"MfaRequired\",\"matches\":\"(\"}]},\"grants\":{\"password\":{}}}", "'(' is not a regular expression" },
    };

    [Theory]
    [Trait("Feature", "N12")]
    [MemberData(nameof(Faults))]
    public void A_fault_is_named_with_file_line_and_field(string json, string fault)
    {
        var error = Assert.Throws<ConfigurationException>(() => DescriptionReader.Read(Encoding.UTF8.GetBytes(json), "contoso.json"));
        Assert.Equal(AuthErrorId.InvalidProvider, error.Code);
        Assert.StartsWith("contoso.json, line ", error.Message, StringComparison.Ordinal);
        Assert.Contains(fault, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", error.Message, StringComparison.Ordinal);
    }
}
