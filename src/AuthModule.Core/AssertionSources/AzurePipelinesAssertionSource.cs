using System;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Errors;
using AuthModule.Requests;
using AuthModule.Secrets;

namespace AuthModule.AssertionSources;

/// <summary>The ID token of an Azure Pipelines job, for one service connection.</summary>
internal sealed class AzurePipelinesAssertionSource(string? serviceConnection) : IAssertionSource
{
    private const string ApiVersion = "7.1";

    public string Name => serviceConnection is null ? "azure-pipelines" : "azure-pipelines:" + serviceConnection;

    public ValueTask<Secret> ReadAsync(AssertionQuery query, CancellationToken cancellationToken)
    {
        string address = query.Environment.Get("SYSTEM_OIDCREQUESTURI") ?? throw NotThere("SYSTEM_OIDCREQUESTURI is not set");
        string token = query.Environment.Get("SYSTEM_ACCESSTOKEN") ?? throw NotThere("SYSTEM_ACCESSTOKEN is not set");
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
