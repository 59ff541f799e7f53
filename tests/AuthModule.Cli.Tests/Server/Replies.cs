using System.Net.Http;
using System.Text.Json;
using System.Threading.Tasks;
using Xunit;

namespace AuthModule.Cli.Tests.Server;

/// <summary>Reads replies and asserts what is common to all of them.</summary>
internal static class Replies
{
    public static async Task<JsonElement> JsonAsync(this HttpResponseMessage response, int status)
    {
        string body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True((int)response.StatusCode == status, $"{(int)response.StatusCode} {body}");
        Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);
        using JsonDocument document = JsonDocument.Parse(body);
        return document.RootElement.Clone();
    }

    public static async Task IsErrorAsync(this HttpResponseMessage response, int status, string error)
    {
        JsonElement reply = await response.JsonAsync(status);
        Assert.Equal(error, reply.GetProperty("error").GetString());
        Assert.NotEmpty(reply.GetProperty("error_description").GetString()!);
        Assert.True(response.Headers.CacheControl?.NoStore);
    }

    public static string Text(this JsonElement reply, string name) => reply.GetProperty(name).GetString()!;
}
