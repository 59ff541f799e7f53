using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using AuthModule.Core.Tests.Support;
using AuthModule.Profiles;
using AuthModule.Profiles.Editing;
using AuthModule.TestKit.Files;

namespace AuthModule.Core.Tests.Profiles;

[Trait("Feature", "U7")]
public sealed class ProfileEditorTests : IDisposable
{
    private const string Canary = "hunter2-hunter2";

    private readonly TestFolder folder = new();
    private readonly TestEnvironment variables = [];

    public ProfileEditorTests() => variables["AUTHMODULE_CONFIG"] = File;

    private string File => folder.File("config/profiles.json");

    private ProfileEditor Editor => new(variables);

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_first_profile_makes_the_file_for_its_owner_only()
    {
        ProfileDescription written = new ProfileEditor(variables) { SchemaPath = "file:///module/schemas/profile.schema.json" }.Add(
            "nightly", Fields(("authority", "id.contoso.com"), ("clientSecret", SecretReferenceText.Read("env:S", "-ClientSecret"))), replaces: false);

        Assert.Equal("clientSecret=env:S", new AuthProfile(written).Secrets.Single());
        Assert.Equal("id.contoso.com", new ProfileCatalog(variables).Get("nightly").Authority);
        Assert.StartsWith("{\n  \"$schema\": \"file:///module/schemas/profile.schema.json\",\n", System.IO.File.ReadAllText(File).Replace("\r", string.Empty, StringComparison.Ordinal), StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, System.IO.File.GetUnixFileMode(File));
        }
    }

    [Fact]
    public void What_was_there_is_kept_comments_and_fields_of_newer_versions_too()
    {
        const string Before = """
            {
              // the team's
              "later": [ 1 ],
              "profiles": {
                "newer": { "quantum": true }, // of the next version
                "Nightly": { "clientId": "a", "store": "file" }
              }
            }
            """;
        Write(Before);

        Editor.Add("other", Fields(("clientId", "b")), replaces: false);
        Editor.Change("nightly", Fields(("clientId", "c"), ("store", null)));
        Editor.Remove("other");

        Assert.Equal(
            Before.Replace("{ \"clientId\": \"a\", \"store\": \"file\" }", "{ \"clientId\": \"c\" }", StringComparison.Ordinal),
            System.IO.File.ReadAllText(File));
    }

    [Fact]
    [Trait("Feature", "N10")]
    public void A_fault_is_refused_with_all_others_and_nothing_is_written()
    {
        Write("""{ "profiles": {} }""");
        string message = Assert.Throws<ConfigurationException>(() => Editor.Add("p", Fields(("clientSecret", Canary), ("autority", "id")), replaces: false)).Message;
        Assert.Contains("field profiles.p.clientSecret: has to be an object", message, StringComparison.Ordinal);
        Assert.Contains("did you mean 'authority'?", message, StringComparison.Ordinal);
        Assert.DoesNotContain(Canary, message, StringComparison.Ordinal);
        Assert.Equal("""{ "profiles": {} }""", System.IO.File.ReadAllText(File));
    }

    [Theory]
    [Trait("Feature", "N10")]
    [InlineData(Canary)]
    [InlineData("env:")]
    [InlineData("vault:" + Canary)]
    [InlineData("command:" + Canary)]
    public void What_does_not_say_where_a_secret_is_is_not_repeated(string typed)
    {
        var refused = Assert.Throws<ConfigurationException>(() => SecretReferenceText.Read(typed, "-ClientSecret"));
        Assert.StartsWith("-ClientSecret does not say where the secret is.", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", refused.ToString() + refused.ToJson(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_that_is_taken_is_refused_unless_it_is_to_be_replaced_whole()
    {
        Editor.Add("p", Fields(("clientId", "a"), ("store", "file")), replaces: false);
        Assert.Contains("There is a profile 'p'", Assert.Throws<ConfigurationException>(() => Editor.Add("P", Fields(("clientId", "b")), replaces: false)).Message, StringComparison.Ordinal);
        ProfileDescription replaced = Editor.Add("P", Fields(("clientId", "b")), replaces: true);
        Assert.Equal(("p", "b", null), (replaced.Name, replaced.ClientId, replaced.Store));
    }

    [Fact]
    [Trait("Feature", "U9")]
    public void A_profile_that_is_not_there_is_asked_about_with_its_near_name()
    {
        Editor.Add("nightly", Fields(("clientId", "a")), replaces: false);
        foreach (Action act in new Action[] { () => Editor.Remove("nigthly"), () => Editor.Change("nigthly", Fields(("clientId", "b"))), () => new ProfileCatalog(variables).Get("nigthly") })
        {
            Assert.Contains("(did you mean 'nightly'?)", Assert.Throws<ConfigurationException>(act).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Many_who_write_at_once_lose_nothing()
    {
        await Task.WhenAll(Enumerable.Range(0, 16).Select(number => Task.Run(() => Editor.Add($"p{number}", Fields(("clientId", $"c{number}")), replaces: false))));
        Assert.Equal(16, new ProfileCatalog(variables).All.Count);
    }

    [Fact]
    public void A_linked_file_is_written_where_it_is_and_keeps_its_mode()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("links and modes of Unix");
            return;
        }

        Write("""{ "profiles": {} }""");
        const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead;
        System.IO.File.SetUnixFileMode(File, Mode);
        string link = folder.File("linked.json");
        System.IO.File.CreateSymbolicLink(link, File);
        variables["AUTHMODULE_CONFIG"] = link;

        Editor.Add("p", Fields(("clientId", "a")), replaces: false);

        Assert.NotNull(new FileInfo(link).LinkTarget);
        Assert.Contains("\"clientId\": \"a\"", System.IO.File.ReadAllText(File), StringComparison.Ordinal);
        Assert.Equal(Mode, System.IO.File.GetUnixFileMode(File));
    }

    [Fact]
    public void What_is_no_profile_file_is_not_touched()
    {
        Write("""{ "something": "else" }""");
        Assert.Throws<ConfigurationException>(() => Editor.Add("p", Fields(("clientId", "a")), replaces: false));
        Assert.Equal("""{ "something": "else" }""", System.IO.File.ReadAllText(File));
    }

    [Fact]
    public void Every_field_of_the_schema_can_be_written()
    {
        using var schema = System.Text.Json.JsonDocument.Parse(RepositoryFiles.Read("src/AuthModule.Core/Profiles/profile.schema.json"));
        Assert.Equal(
            schema.RootElement.GetProperty("$defs").GetProperty("profile").GetProperty("properties").EnumerateObject().Select(property => property.Name).Order(StringComparer.Ordinal),
            ProfileField.All.Select(field => field.Name).Order(StringComparer.Ordinal));
    }

    private static Dictionary<string, object?> Fields(params (string Name, object? Value)[] fields) => fields.ToDictionary(field => field.Name, field => field.Value);

    private void Write(string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(File)!);
        System.IO.File.WriteAllText(File, text);
    }
}
