using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;

namespace AuthModule.Operations;

/// <summary>What services say in words and codes of their own: an account that is locked is not a wrong password, whoever says so.</summary>
internal static class ErrorWords
{
    private static readonly TimeSpan Bound = TimeSpan.FromMilliseconds(200);

    // "Wrong password, or the account is locked" says neither.
    private static readonly Regex Locked = Pattern(
        @"(?<!\bor (your |the |this |an? )?)\b(account|user|login|profile)( ['""]?[\w.@-]{1,64}['""]?)?( is| has been| was)?( currently| temporarily| permanently| now)?( been)? (locked( out)?|disabled|suspended|deactivated|blocked|inactive)\b|\b(locked|disabled|suspended) (account|user)\b|\bdata (775|533)\b");

    private static readonly Regex PasswordExpired = Pattern(
        @"\b(password|credentials?)\b(?:(?! or )[^.;]){0,40}?\b(expired|must be (changed|reset)|(change|reset) (is )?required|needs? to be (changed|reset))\b|\b(expired|change your|reset your|must change the) password\b|\baccount is not fully set up\b|\bdata (532|773)\b");

    private static readonly Regex TooMany = Pattern(
        @"\btoo many\b[^.;]{0,40}?\b(attempts?|requests?|tries|failures|logins?|sign-ins?)\b|\b(attempt|request|rate)s? limit\b|\bthrottl(ed|ing)\b");

    // Letters and digits only, so that every way to write a code is one.
    private static readonly Dictionary<string, string> Codes = new(StringComparer.Ordinal)
    {
        ["locked"] = AuthErrorId.AccountLocked,
        ["accountlocked"] = AuthErrorId.AccountLocked,
        ["accountlockedout"] = AuthErrorId.AccountLocked,
        ["userlocked"] = AuthErrorId.AccountLocked,
        ["userlockedout"] = AuthErrorId.AccountLocked,
        ["lockedout"] = AuthErrorId.AccountLocked,
        ["accountdisabled"] = AuthErrorId.AccountLocked,
        ["userdisabled"] = AuthErrorId.AccountLocked,
        ["accountsuspended"] = AuthErrorId.AccountLocked,
        ["usersuspended"] = AuthErrorId.AccountLocked,
        ["accountblocked"] = AuthErrorId.AccountLocked,
        ["userblocked"] = AuthErrorId.AccountLocked,
        ["passwordexpired"] = AuthErrorId.InteractionRequired,
        ["expiredpassword"] = AuthErrorId.InteractionRequired,
        ["credentialsexpired"] = AuthErrorId.InteractionRequired,
        ["passwordchangerequired"] = AuthErrorId.InteractionRequired,
        ["passwordresetrequired"] = AuthErrorId.InteractionRequired,
        ["passwordresetrequiredexception"] = AuthErrorId.InteractionRequired,
        ["newpasswordrequired"] = AuthErrorId.InteractionRequired,
        ["mustchangepassword"] = AuthErrorId.InteractionRequired,
        ["toomanyattempts"] = AuthErrorId.RateLimited,
        ["toomanyfailedattempts"] = AuthErrorId.RateLimited,
        ["toomanyloginattempts"] = AuthErrorId.RateLimited,
        ["toomanyrequests"] = AuthErrorId.RateLimited,
        ["toomanyrequestsexception"] = AuthErrorId.RateLimited,
        ["ratelimited"] = AuthErrorId.RateLimited,
        ["limitexceededexception"] = AuthErrorId.RateLimited,
        ["invalidclient"] = AuthErrorId.InvalidClient,
        ["badclient"] = AuthErrorId.InvalidClient,
        ["unknownclient"] = AuthErrorId.InvalidClient,
        ["clientnotfound"] = AuthErrorId.InvalidClient,
        ["badclientid"] = AuthErrorId.InvalidClient,
        ["invalidclientid"] = AuthErrorId.InvalidClient,
        ["badclientsecret"] = AuthErrorId.InvalidClient,
        ["invalidclientsecret"] = AuthErrorId.InvalidClient,
        ["wrongclientsecret"] = AuthErrorId.InvalidClient,
        ["invalidclientcredentials"] = AuthErrorId.InvalidClient,
        ["invalidotp"] = AuthErrorId.InvalidOtp,
        ["wrongotp"] = AuthErrorId.InvalidOtp,
        ["invalidtotp"] = AuthErrorId.InvalidOtp,
        ["invalidmfacode"] = AuthErrorId.InvalidOtp,
        ["invalidverificationcode"] = AuthErrorId.InvalidOtp,
        ["codemismatchexception"] = AuthErrorId.InvalidOtp,
        ["mfarequired"] = AuthErrorId.MfaRequired,
        ["otprequired"] = AuthErrorId.MfaRequired,
        ["twofactorrequired"] = AuthErrorId.MfaRequired,
        ["invalidscope"] = AuthErrorId.InvalidScope,
        ["invalidrefreshtoken"] = AuthErrorId.RefreshTokenExpired,
        ["refreshtokenexpired"] = AuthErrorId.RefreshTokenExpired,
        ["expiredrefreshtoken"] = AuthErrorId.RefreshTokenExpired,
    };

    /// <summary>Codes of which what they mean depends on what was asked for.</summary>
    private static readonly string[] Refusals =
    [
        "invalidcredentials", "badcredentials", "wrongcredentials", "invalidpassword", "wrongpassword", "invalidlogin", "loginfailed", "invalidusernameorpassword",
        "authenticationfailed", "authenticationfailure", "notauthorizedexception", "unauthorized", "invalidgrant", "invalidapikey", "badapikey",
    ];

    /// <summary>What a service's own code means; null where it is not known.</summary>
    public static string? OfCode(string? code, string operation)
    {
        if (code is null)
        {
            return null;
        }

        string letters = new([.. code.ToLowerInvariant().Where(char.IsLetterOrDigit)]);
        return Codes.TryGetValue(letters, out string? id) ? id
            : Refusals.Contains(letters) ? GrantErrors.Unauthorized(operation)
            : null;
    }

    /// <summary>What is wrong with an account, as words say it; null where they do not.</summary>
    public static string? OfText(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        try
        {
            return Locked.IsMatch(text) ? AuthErrorId.AccountLocked
                : PasswordExpired.IsMatch(text) ? AuthErrorId.InteractionRequired
                : TooMany.IsMatch(text) ? AuthErrorId.RateLimited
                : null;
        }
        catch (RegexMatchTimeoutException)
        {
            return null;
        }
    }

    private static Regex Pattern(string pattern) => new(pattern, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, Bound);
}
