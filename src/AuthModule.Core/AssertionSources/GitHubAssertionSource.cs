using System;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Errors;
using AuthModule.Platform;
using AuthModule.Requests;
using AuthModule.Secrets;

namespace AuthModule.AssertionSources;

/// <summary>The ID token that a GitHub Actions job may ask for with <c>permissions: id-token: write</c>.</summary>
internal sealed class GitHubAssertionSource(string? audience) : IAssertionSource, IPlacedSource
{
    private const string AddressVariable = "ACTIONS_ID_TOKEN_REQUEST_URL";
    private const string TokenVariable = "ACTIONS_ID_TOKEN_REQUEST_TOKEN";

    public string Name => audience is null ? "github" : "github:" + audience;

    public string? Absence(IEnvironment environment) => environment.Get(AddressVariable) is not null && environment.Get(TokenVariable) is not null
        ? null
        : $"{AddressVariable} and _TOKEN are not set (no GitHub Actions job, or one without 'permissions: id-token: write')";

    public ValueTask<Secret> ReadAsync(AssertionQuery query, CancellationToken cancellationToken)
    {
        string address = query.Environment.Get(AddressVariable) ?? throw NotThere();
        string token = query.Environment.Get(TokenVariable) ?? throw NotThere();
        var url = new Uri(address + (address.Contains('?') ? "&" : "?") + "audience=" + Uri.EscapeDataString(audience ?? query.Audience));
        return PlatformRequest.SendAsync("GitHub Actions", HttpMethod.Get, url, token, "value", query, cancellationToken);
    }

    private static AuthException NotThere() => AuthError.Create(
        AuthErrorId.MissingParameter,
        "This is not a GitHub Actions job that may ask for an ID token: ACTIONS_ID_TOKEN_REQUEST_URL and _TOKEN are not set.",
        "Add 'permissions: id-token: write' to the job.");
}
