using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using AuthModule.TestServer.Authorization;
using AuthModule.TestServer.Hosting;
using AuthModule.TestServer.Pages;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace AuthModule.TestServer.Dialogs;

/// <summary>Sends a browser back to the client, with a code or an error (RFC 6749, section 4.1.2).</summary>
internal sealed record AuthorizationAnswer(ServerState State, AuthorizationParameters Request, string Issuer)
{
    // How long a signed answer is good (JARM, section 2.1, recommends at most ten minutes).
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    /// <param name="context">The request to answer.</param>
    /// <param name="permission">What the person allowed.</param>
    /// <param name="signedInOn">Null where nobody did.</param>
    public Task ApproveAsync(HttpContext context, Permission permission, DateTimeOffset? signedInOn = null)
    {
        string code = State.Codes.Add(new AuthorizationCode(Request.Client, permission, Request.RedirectUri)
        {
            Challenge = Request.Challenge!,
            Nonce = Request.Nonce,
            ProofThumbprint = Request.ProofThumbprint,
            SignedInOn = signedInOn,
            ContextClass = Request.ContextClass,
            Claims = Request.Claims,
            Until = State.Now + AuthorizationCodes.Lifetime,
        });
        return SendAsync(context, ("code", code));
    }

    public Task RefuseAsync(HttpContext context, OAuthRefusal refusal) =>
        SendAsync(context, ("error", refusal.Error), ("error_description", refusal.Message));

    // The issuer goes along, so that a client of several servers can tell who answered (RFC 9207).
    private Task SendAsync(HttpContext context, params (string Name, string? Value)[] answer)
    {
        List<KeyValuePair<string, string?>> fields =
        [
            .. answer.Select(static pair => new KeyValuePair<string, string?>(pair.Name, pair.Value)),
            new("state", Request.State),
            new("iss", Issuer),
        ];
        fields.RemoveAll(static pair => pair.Value is null);
        if (Request.Mode.IsSigned)
        {
            fields = [new("response", Sign(fields))];
        }

        if (Request.Mode.IsForm)
        {
            return FormPostPage.WriteAsync(context, Request.RedirectUri, fields);
        }

        context.Response.Headers.CacheControl = "no-store";
        context.Response.Redirect(QueryHelpers.AddQueryString(Request.RedirectUri, fields));
        return Task.CompletedTask;
    }

    private string Sign(IEnumerable<KeyValuePair<string, string?>> fields) => State.Keys.Sign(
        new Dictionary<string, object?>(fields.Select(static field => new KeyValuePair<string, object?>(field.Key, field.Value)))
        {
            ["aud"] = Request.Client.Id,
            ["exp"] = (State.Now + Lifetime).ToUnixTimeSeconds(),
        },
        algorithm: Request.Client.SigningAlgorithm);
}
