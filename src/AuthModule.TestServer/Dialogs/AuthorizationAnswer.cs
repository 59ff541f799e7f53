using System;
using System.Collections.Generic;
using System.Linq;
using AuthModule.TestServer.Authorization;
using AuthModule.TestServer.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace AuthModule.TestServer.Dialogs;

/// <summary>Sends a browser back to the client, with a code or an error (RFC 6749, section 4.1.2).</summary>
internal sealed record AuthorizationAnswer(ServerState State, AuthorizationParameters Request, string Issuer)
{
    /// <param name="context">The request to answer.</param>
    /// <param name="permission">What the person allowed.</param>
    /// <param name="signedInOn">Null where nobody did.</param>
    public void Approve(HttpContext context, Permission permission, DateTimeOffset? signedInOn = null)
    {
        string code = State.Codes.Add(new AuthorizationCode(Request.Client, permission, Request.RedirectUri)
        {
            Challenge = Request.Challenge!,
            Nonce = Request.Nonce,
            ProofThumbprint = Request.ProofThumbprint,
            SignedInOn = signedInOn,
            Until = State.Now + AuthorizationCodes.Lifetime,
        });
        Redirect(context, ("code", code));
    }

    public void Refuse(HttpContext context, OAuthRefusal refusal) =>
        Redirect(context, ("error", refusal.Error), ("error_description", refusal.Message));

    // The issuer goes along, so that a client of several servers can tell who answered (RFC 9207).
    private void Redirect(HttpContext context, params (string Name, string? Value)[] answer)
    {
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Redirect(QueryHelpers.AddQueryString(
            Request.RedirectUri,
            answer.Select(static pair => new KeyValuePair<string, string?>(pair.Name, pair.Value))
                .Append(new("state", Request.State))
                .Append(new("iss", Issuer))
                .Where(static pair => pair.Value is not null)));
    }
}
