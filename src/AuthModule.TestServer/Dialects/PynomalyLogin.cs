using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using AuthModule.Issuing;
using AuthModule.TestServer.Hosting;
using AuthModule.TestServer.Tokens;
using AuthModule.TestServer.Users;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AuthModule.TestServer.Dialects;

/// <summary>Login, refresh and logout. Documented: JSON. As coded: login by form, refresh by query.</summary>
internal sealed class PynomalyLogin(ServerState state, PynomalyGate gate)
{
    private static readonly TimeSpan RefreshLifetime = TimeSpan.FromDays(7);

    private bool AsCoded => state.Options.Dialects.Variant == DialectVariant.AsCoded;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost(PynomalyDialect.Path + "/auth/login", gate.Open(LogInAsync));
        routes.MapPost(PynomalyDialect.Path + "/auth/refresh", gate.Open(RefreshAsync));
        routes.MapPost(PynomalyDialect.Path + "/auth/logout", gate.For(LogOutAsync));
        routes.MapGet(PynomalyDialect.Path + "/auth/me", gate.For(static (context, user) => Reply.JsonAsync(
            context,
            new Dictionary<string, object?> { ["username"] = user.Name, ["email"] = user.Email, ["roles"] = user.Groups })));
    }

    private async Task LogInAsync(HttpContext context)
    {
        Func<string, string?>? field = await ReadAsync(context);
        if (field is null || field("username") is not { Length: > 0 } name || field("password") is not { } password)
        {
            await PynomalyReply.UnfitAsync(context, "body", "username", "password");
            return;
        }

        switch (state.Users.SignIn(name, password, out ServerUser? user))
        {
            case SignInResult.Locked:
                await PynomalyReply.ErrorAsync(context, state, 401, "Account temporarily locked due to too many failed login attempts");
                return;
            case SignInResult.WrongPassword:
                await PynomalyReply.ErrorAsync(context, state, 401, "Incorrect username or password");
                return;
        }

        if (await HasSecondFactorAsync(context, user!, field("totp_code") ?? field("mfa_code")))
        {
            IssuedTokens tokens = await state.Issuer.IssueAsync(GrantFor(user!), context.RequestAborted);
            state.Pairs.Remember(tokens);
            await SendPairAsync(context, tokens);
        }
    }

    private async Task<Func<string, string?>?> ReadAsync(HttpContext context)
    {
        if (AsCoded)
        {
            if (!context.Request.HasFormContentType)
            {
                return null;
            }

            IFormCollection form = await context.Request.ReadFormAsync(context.RequestAborted);
            return name => form[name].FirstOrDefault();
        }

        JsonBody? body = await JsonBody.ReadAsync(context);
        return body is null ? null : name => body[name];
    }

    private async Task<bool> HasSecondFactorAsync(HttpContext context, ServerUser user, string? code)
    {
        SecondFactors factors = state.SecondFactorsOf(user);
        if (factors.Methods.Count == 0 || (code is not null && factors.Check(code)))
        {
            return true;
        }

        await (code is null
            ? PynomalyReply.ErrorAsync(context, state, 401, "MFA required: send totp_code", "mfa_required")
            : PynomalyReply.ErrorAsync(context, state, 401, "Invalid MFA code", "invalid_mfa_code"));
        return false;
    }

    private static TokenGrant GrantFor(ServerUser user) => new()
    {
        Subject = user.Name,
        Scopes = user.Scopes,
        Issuer = string.Empty,
        JwtType = "JWT",
        RefreshLifetime = RefreshLifetime,
        Claims = new Dictionary<string, object?>
        {
            ["type"] = TokenRecord.Access,
            ["roles"] = user.Groups,
            ["permissions"] = user.Scopes,
            ["scope"] = null,
        },
    };

    private async Task RefreshAsync(HttpContext context)
    {
        string? token = AsCoded
            ? context.Request.Query["refresh_token"].FirstOrDefault()
            : (await JsonBody.ReadAsync(context))?["refresh_token"];
        if (string.IsNullOrEmpty(token))
        {
            await PynomalyReply.UnfitAsync(context, AsCoded ? "query" : "body", "refresh_token");
            return;
        }

        TokenStatus status = await state.Issuer.FindAsync(token, context.RequestAborted);
        if (status is { IsActive: true, Record: { Type: TokenRecord.Refresh, ClientId: null } record })
        {
            await (AsCoded ? RotateAsync(context, token) : RenewAsync(context, record, token));
            return;
        }

        await (status.IsActive ? RefuseRefreshAsync(context, null)
            : AsCoded ? RotateAsync(context, token)
            : RefuseRefreshAsync(context, status.Failure));
    }

    private async Task RotateAsync(HttpContext context, string token)
    {
        try
        {
            IssuedTokens tokens = await state.Issuer.RefreshAsync(token, context.RequestAborted);
            state.Pairs.Remember(tokens);
            await SendPairAsync(context, tokens);
        }
        catch (AuthException refused) when (refused is TokenValidationException or TokenExpiredException)
        {
            await RefuseRefreshAsync(context, refused.Code);
        }
    }

    // The documents show no new refresh token: the old one stays good.
    private async Task RenewAsync(HttpContext context, TokenRecord record, string token)
    {
        IssuedTokens tokens = await state.Issuer.IssueAsync(record.Grant with { WithRefreshToken = false }, context.RequestAborted);
        state.Pairs.Remember(tokens, AuthModule.Secrets.Secret.From(token));
        await Reply.JsonAsync(context, new Dictionary<string, object?>
        {
            ["access_token"] = tokens.AccessToken.Reveal(),
            ["expires_in"] = (long)tokens.ExpiresIn.TotalSeconds,
        });
    }

    private Task RefuseRefreshAsync(HttpContext context, string? failure) => PynomalyReply.ErrorAsync(
        context, state, 401, failure == AuthErrorId.RefreshTokenExpired ? "Refresh token has expired" : "Invalid refresh token");

    private static Task SendPairAsync(HttpContext context, IssuedTokens tokens) => Reply.JsonAsync(context, new Dictionary<string, object?>
    {
        ["access_token"] = tokens.AccessToken.Reveal(),
        ["refresh_token"] = tokens.RefreshToken!.Reveal(),
        ["token_type"] = "bearer",
        ["expires_in"] = (long)tokens.ExpiresIn.TotalSeconds,
    });

    private async Task LogOutAsync(HttpContext context, ServerUser user)
    {
        await state.Pairs.RevokeAsync(BearerCheck.Read(context), context.RequestAborted);
        await Reply.JsonAsync(context, new Dictionary<string, object?> { ["message"] = "Successfully logged out" });
    }
}
