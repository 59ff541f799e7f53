using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Errors;
using AuthModule.Providers;
using AuthModule.Requests;
using AuthModule.Tokens;

namespace AuthModule.Grants;

/// <summary>A user's name and password (RFC 6749, section 4.3), and a second factor's code where the service takes one.</summary>
internal sealed class PasswordGrant : IGrant
{
    public string Name => GrantNames.Password;

    public string DescribedAs => Name;

    public string? AdvertisedAs => Name;

    public string? ReasonAgainstTrial => null;

    public OperationDescription Standard { get; } = StandardFields.TokenRequest(
        ("grant_type", "password"), ("username", "{username}"), ("password", "{password}"),
        ("otp", "{otp?}"), ("scope", "{scope?}"), ("resource", "{resource*}"));

    public bool IsMeantBy(TokenRequest request) => request.Input.UserName is not null && request.Input.Password is not null;

    // A code works once: with one, only a refresh token can renew.
    public bool CanRepeat(TokenRequest request) => request.Input.Otp is null;

    public Task<TokenSet> AcquireAsync(GrantContext context, CancellationToken cancellationToken)
    {
        GrantInput input = context.Request.Input;
        if (input.UserName is null || input.Password is null)
        {
            ProviderDescription description = context.Service.Description;
            string[] Variables(string field, string own) => [RequestDefaults.Prefix + own, .. description.Environment.GetValueOrDefault(field) ?? []];
            string[] unset = [.. input.UserName is null ? Variables("username", "USERNAME") : [], .. input.Password is null ? Variables("password", "PASSWORD") : []];
            throw AuthError.Missing(
                "-Credential",
                $"{context.Service.DisplayName} needs a user name and a password, and {string.Join(" and ", unset)} {(unset.Length == 1 ? "is" : "are")} not set");
        }

        if (input.TokenDuration is { } wish)
        {
            _ = Duration.Parse(wish, "-TokenDuration");
        }

        return context.RequestTokenAsync(
            this,
            Name,
            values =>
            {
                values.Set("username", input.UserName);
                values.Set("password", input.Password);
                values.Set("otp", input.Otp);
                values.Set("tokenDuration", input.TokenDuration?.Trim());
            },
            repeatable: input.Otp is null,
            cancellationToken,
            clientIsOptional: true);
    }
}
