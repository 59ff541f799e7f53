using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net.Http;
using System.Text;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Http;
using AuthModule.TestServer.Clients;
using AuthModule.Text;

namespace AuthModule.Cli.Demo;

/// <summary>The other side of a token: an API that is called with it, and asks the server what it is worth.</summary>
internal sealed class DemoApi(DemoRun run)
{
    public int Status { get; private set; }

    /// <summary>What the API had to tell.</summary>
    public IReadOnlyList<string> Items { get; private set; } = [];

    /// <summary>Null before the server was asked.</summary>
    public bool? IsActive { get; private set; }

    public async Task CallAsync(AuthToken token, CancellationToken cancellationToken)
    {
        var request = new WireRequest("API call", run.Server.Issuer, HttpMethod.Get, new Uri(run.Server.BaseAddress, "api/orders"));
        foreach (DictionaryEntry header in token.ToHeader())
        {
            request.SetHeader((string)header.Key, (string)header.Value!);
        }

        WireReply reply = await run.Engine.Sender.SendAsync(request, TransportSettings.Default, run.Log, cancellationToken);
        Status = reply.Status;
        Items = reply.IsSuccess
            ? [.. JsonReply.Read(reply).GetProperty("orders").EnumerateArray().Select(Describe)]
            : [];
    }

    /// <summary>RFC 7662.</summary>
    public async Task IntrospectAsync(AuthToken token, CancellationToken cancellationToken)
    {
        ServerClient client = run.Client("portal");
        var request = new WireRequest("introspection", run.Server.Issuer, HttpMethod.Post, new Uri(run.Server.BaseAddress, "introspect"));
        request.SetHeader("Authorization", "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{client.Id}:{client.Secret!.Reveal()}")));
        request.SetBody(FormText.ContentType, FormText.Write([new("token", token.ToPlainText())]));
        WireReply reply = await run.Engine.Sender.SendAsync(request, TransportSettings.Default, run.Log, cancellationToken);
        IsActive = JsonReply.Read(reply).GetProperty("active").GetBoolean();
    }

    private static string Describe(JsonElement order) => string.Create(
        CultureInfo.InvariantCulture,
        $"{order.GetProperty("count").GetInt32()} x {order.GetProperty("item").GetString()}");
}
