using System;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Errors;
using AuthModule.Platform;
using AuthModule.Requests;
using AuthModule.Secrets;

namespace AuthModule.AssertionSources;

/// <summary>The ID token of an Azure Pipelines job, for one service connection.</summary>
internal sealed class AzurePipelinesAssertionSource(string? serviceConnection) : IAssertionSource, IPlacedSource
{
    private const string ApiVersion = "7.1";
    private const string AddressVariable = "SYSTEM_OIDCREQUESTURI";
    private const string TokenVariable = "SYSTEM_ACCESSTOKEN";

    public string Name => serviceConnection is null ? "azure-pipelines" : "azure-pipelines:" + serviceConnection;

    public string? Absence(IEnvironment environment) =>
        environment.Get(AddressVariable) is null ? $"{AddressVariable} is not set (no job of Azure Pipelines)"
        : environment.Get(TokenVariable) is null ? $"{TokenVariable} is not mapped into this step of Azure Pipelines"
        : null;

    public ValueTask<Secret> ReadAsync(AssertionQuery query, CancellationToken cancellationToken)
    {
        string address = query.Environment.Get(AddressVariable) ?? throw NotThere($"{AddressVariable} is not set");
        string token = query.Environment.Get(TokenVariable) ?? throw NotThere($"{TokenVariable} is not set");
        string connection = serviceConnection
            ?? query.Environment.Get("AZURESUBSCRIPTION_SERVICE_CONNECTION_ID")
            ?? throw NotThere("no service connection is named");
        var url = new Uri($"{address}?api-version={ApiVersion}&serviceConnectionId={Uri.EscapeDataString(connection)}");
        return PlatformRequest.SendAsync("Azure Pipelines", HttpMethod.Post, url, token, "oidcToken", query, cancellationToken);
    }

    private static AuthException NotThere(string fault) => AuthError.Create(
        AuthErrorId.MissingParameter,
        $"There is no Azure Pipelines job to get an ID token of: {fault}.",
        "Map the variable in the step (env: SYSTEM_ACCESSTOKEN: $(System.AccessToken)), and name the connection: -AssertionSource azure-pipelines:ID.");
}
