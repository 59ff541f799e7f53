using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using AuthModule.TestServer.Hosting;
using AuthModule.TestServer.Users;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AuthModule.TestServer.Dialects;

/// <summary>API keys: documented at <c>/api-keys</c>, coded at <c>/auth/api-keys</c> with fewer fields and other replies.</summary>
internal sealed class PynomalyApiKeys(ServerState state, PynomalyGate gate)
{
    private bool AsCoded => state.Options.Dialects.Variant == DialectVariant.AsCoded;

    public void Map(IEndpointRouteBuilder routes)
    {
        string path = PynomalyDialect.Path + (AsCoded ? "/auth/api-keys" : "/api-keys");
        routes.MapPost(path, gate.For(CreateAsync));
        routes.MapGet(path, gate.For(ListAsync));
        routes.MapDelete(path + "/{id}", gate.For(RemoveAsync));
        if (!AsCoded)
        {
            routes.MapPost(path + "/{id}/regenerate", gate.For(RegenerateAsync));
        }
    }

    private async Task CreateAsync(HttpContext context, ServerUser user)
    {
        JsonBody? body = await JsonBody.ReadAsync(context);
        IReadOnlyList<string>? scopes = AsCoded ? [] : body?.Texts("scopes");
        DateTimeOffset? expiresOn = null;
        if (body?["name"] is not { Length: > 0 } name || scopes is null || (!AsCoded && !body.TryTime("expires_at", out expiresOn)))
        {
            await PynomalyReply.UnfitAsync(context, "body", body?["name"] is null ? "name" : scopes is null ? "scopes" : "expires_at");
            return;
        }

        if (scopes.Except(user.Scopes).FirstOrDefault() is { } refused)
        {
            await PynomalyReply.ErrorAsync(context, state, 403, $"The scope {refused} is not allowed");
            return;
        }

        (ApiKeyRecord record, string key) = state.ApiKeys.Create(user.Name, name, scopes.Count > 0 ? scopes : user.Scopes, expiresOn, body["description"]);
        await Reply.JsonAsync(context, Describe(record, key), StatusCodes.Status201Created);
    }

    private Task ListAsync(HttpContext context, ServerUser user)
    {
        object[] keys = [.. state.ApiKeys.Of(user.Name).Select(record => Describe(record, null))];
        return Reply.JsonAsync(context, new Dictionary<string, object?> { ["api_keys"] = keys, ["count"] = keys.Length });
    }

    private async Task RemoveAsync(HttpContext context, ServerUser user)
    {
        if (!state.ApiKeys.Remove(user.Name, IdOf(context)))
        {
            await PynomalyReply.ErrorAsync(context, state, 404, "API key not found");
        }
        else if (AsCoded)
        {
            await Reply.JsonAsync(context, new Dictionary<string, object?> { ["message"] = "API key revoked" });
        }
        else
        {
            context.Response.StatusCode = StatusCodes.Status204NoContent;
        }
    }

    private Task RegenerateAsync(HttpContext context, ServerUser user) =>
        state.ApiKeys.Regenerate(user.Name, IdOf(context)) is { } renewed
            ? Reply.JsonAsync(context, Describe(renewed.Record, renewed.Key))
            : PynomalyReply.ErrorAsync(context, state, 404, "API key not found");

    private static string IdOf(HttpContext context) => (string)context.Request.RouteValues["id"]!;

    private Dictionary<string, object?> Describe(ApiKeyRecord record, string? key) => AsCoded
        ? new Dictionary<string, object?>
        {
            ["api_key"] = key,
            ["id"] = key is null ? record.Id : null,
            ["name"] = record.Name,
            ["created_at"] = PynomalyReply.Time(record.CreatedOn),
        }
        : new Dictionary<string, object?>
        {
            ["id"] = record.Id,
            ["api_key"] = key,
            ["name"] = record.Name,
            ["description"] = record.Description,
            ["scopes"] = record.Scopes,
            ["created_at"] = PynomalyReply.Time(record.CreatedOn),
            ["expires_at"] = record.ExpiresOn is { } end ? PynomalyReply.Time(end) : null,
            ["is_active"] = !(record.ExpiresOn <= state.Now),
        };
}
