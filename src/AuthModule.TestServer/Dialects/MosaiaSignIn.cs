using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using AuthModule.Issuing;
using AuthModule.Secrets;
using AuthModule.TestServer.Clients;
using AuthModule.TestServer.Hosting;
using AuthModule.TestServer.Users;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AuthModule.TestServer.Dialects;

/// <summary>Sign-in by password, client or refresh token at one path, and sign-out by body or by query.</summary>
internal static class MosaiaSignIn
{
    public static void Map(IEndpointRouteBuilder routes, ServerState state)
    {
        routes.MapPost("/v1/auth/signin", (RequestDelegate)(context => SignInAsync(context, state)));
        routes.MapDelete("/v1/auth/signout", (RequestDelegate)(context => SignOutAsync(context, state)));
    }

    private static async Task SignInAsync(HttpContext context, ServerState state)
    {
        JsonBody? body = await JsonBody.ReadAsync(context);
        await (body?["grant_type"] switch
        {
            "password" => ByPasswordAsync(context, state, body),
            "client" => ByClientAsync(context, state, body),
            "refresh" => ByRefreshTokenAsync(context, state, body),
            _ => MosaiaReply.ErrorAsync(context, state, 400, "INVALID_GRANT_TYPE", "grant_type must be password, client or refresh"),
        });
    }

    private static async Task ByPasswordAsync(HttpContext context, ServerState state, JsonBody body)
    {
        if (state.FindClient(body["client_id"] ?? string.Empty) is not { } client || !client.MayUse("password"))
        {
            await MosaiaReply.ErrorAsync(context, state, 401, "INVALID_CLIENT", "Unknown client");
            return;
        }

        SignInResult result = state.Users.SignIn(body["email"] ?? string.Empty, body["password"] ?? string.Empty, out ServerUser? user);
        await (result switch
        {
            SignInResult.Accepted => IssueAsync(context, state, GrantFor(client, user!.Name, [.. user.Scopes])),
            SignInResult.Locked => MosaiaReply.ErrorAsync(context, state, 403, "ACCOUNT_LOCKED", "This account is locked for a while"),
            _ => MosaiaReply.ErrorAsync(context, state, 401, "INVALID_CREDENTIALS", "Invalid email or password"),
        });
    }

    private static Task ByClientAsync(HttpContext context, ServerState state, JsonBody body)
    {
        ServerClient? client = state.FindClient(body["client_id"] ?? string.Empty);
        return client?.Secret?.Matches(Secret.From(body["client_secret"] ?? string.Empty)) == true
            ? IssueAsync(context, state, GrantFor(client, client.Id, client.Scopes))
            : MosaiaReply.ErrorAsync(context, state, 401, "INVALID_CLIENT", "Invalid client credentials");
    }

    private static async Task ByRefreshTokenAsync(HttpContext context, ServerState state, JsonBody body)
    {
        string? token = body["refresh_token"];
        TokenStatus status = await state.Issuer.FindAsync(token, context.RequestAborted);

        // As coded, a reply can lack the refresh token: the old one stays good.
        if (state.Options.Dialects.Variant == DialectVariant.AsCoded && status is { IsActive: true, Record.Type: TokenRecord.Refresh })
        {
            IssuedTokens renewed = await state.Issuer.IssueAsync(status.Record!.Grant with { WithRefreshToken = false }, context.RequestAborted);
            state.Pairs.Remember(renewed, Secret.From(token!));
            await MosaiaReply.DataAsync(context, MosaiaReply.Tokens(state, renewed));
            return;
        }

        try
        {
            IssuedTokens tokens = await state.Issuer.RefreshAsync(token, context.RequestAborted);
            state.Pairs.Remember(tokens);
            await MosaiaReply.DataAsync(context, MosaiaReply.Tokens(state, tokens));
        }
        catch (AuthException refused) when (refused is TokenValidationException or TokenExpiredException)
        {
            await MosaiaReply.ErrorAsync(context, state, 401, "INVALID_REFRESH_TOKEN", "The refresh token is not valid any more");
        }
    }

    private static TokenGrant GrantFor(ServerClient client, string subject, IReadOnlyList<string> scopes) => new()
    {
        Subject = subject,
        Scopes = scopes,
        ClientId = client.Id,
        JwtType = "JWT",
        Issuer = string.Empty,
    };

    private static async Task IssueAsync(HttpContext context, ServerState state, TokenGrant grant)
    {
        IssuedTokens tokens = await state.Issuer.IssueAsync(grant, context.RequestAborted);
        state.Pairs.Remember(tokens);
        await MosaiaReply.DataAsync(context, MosaiaReply.Tokens(state, tokens));
    }

    // Newer servers read the body, older ones the query.
    private static async Task SignOutAsync(HttpContext context, ServerState state)
    {
        string? token = state.Options.Dialects.Variant == DialectVariant.AsCoded
            ? context.Request.Query["token"].FirstOrDefault()
            : (await JsonBody.ReadAsync(context))?["token"];
        await (string.IsNullOrEmpty(token)
            ? MosaiaReply.ErrorAsync(context, state, 400, "MISSING_TOKEN", "token is missing")
            : EndAsync(context, state, token));
    }

    private static async Task EndAsync(HttpContext context, ServerState state, string token)
    {
        await state.Pairs.RevokeAsync(token, context.RequestAborted);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }
}
