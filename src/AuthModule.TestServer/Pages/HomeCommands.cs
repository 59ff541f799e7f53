using System.Collections.Generic;
using System.Linq;
using AuthModule.TestServer.Clients;
using AuthModule.TestServer.Grants;
using AuthModule.TestServer.Hosting;

namespace AuthModule.TestServer.Pages;

/// <summary>Commands to copy. Secrets are read from the line that the server printed, so that the page holds none.</summary>
internal static class HomeCommands
{
    public static IEnumerable<(string Title, string Text)> PowerShell(ServerState state)
    {
        string authority = state.Origin;
        if (Machine(state) is { } machine)
        {
            yield return ("A job, with its secret", $"""
                $demo   = Get-Content demo.json | ConvertFrom-Json
                $client = $demo.clients | Where-Object client_id -eq {machine.Id}
                $secret = ConvertTo-SecureString $client.client_secret -AsPlainText -Force
                Get-AuthToken -Authority {authority} -ClientId {machine.Id} -ClientSecret $secret -Scope {Api(machine)}
                """);
            yield return ("Call the sample API with it", $"Invoke-AuthRestMethod {authority}/api/orders");
        }

        if (Person(state, "authorization_code") is { } native)
        {
            yield return ("A person, in the browser", $"Get-AuthToken -Authority {authority} -ClientId {native.Id} -Interactive -Scope openid, {Api(native)}");
        }

        if (Person(state, DeviceCodeHandler.Name) is { } device)
        {
            yield return ("A person, on another device", $"Get-AuthToken -Authority {authority} -ClientId {device.Id} -DeviceCode -Scope openid, {Api(device)}");
        }
    }

    public static IEnumerable<(string Title, string Text)> Shell(ServerState state)
    {
        string authority = state.Origin;
        yield return ("Start it so that the commands find its secrets", "authmodule serve > demo.json");
        if (Machine(state) is { } machine)
        {
            yield return ("A job, with its secret", $"""
                export AUTHMODULE_AUTHORITY={authority}
                export AUTHMODULE_CLIENT_SECRET=$(jq -r '.clients[] | select(.client_id == "{machine.Id}").client_secret' demo.json)
                authmodule get --client-id {machine.Id} --scope {Api(machine)}
                """);
            yield return ("Call the sample API with a new one", $"curl -H \"$(authmodule get --client-id {machine.Id} --scope {Api(machine)} --output header)\" {authority}/api/orders");
        }

        yield return ("What it can do", $"curl {authority}/.well-known/openid-configuration");
    }

    private static ServerClient? Machine(ServerState state) =>
        state.Options.Clients.FirstOrDefault(static client => client.Secret is not null && client.MayUse("client_credentials") && client.Scopes.Count > 0);

    private static ServerClient? Person(ServerState state, string grant) =>
        state.Options.Clients.FirstOrDefault(client => client.IsPublic && client.MayUse(grant) && client.Scopes.Contains("openid"));

    private static string Api(ServerClient client) =>
        client.Scopes.FirstOrDefault(static scope => scope == "orders.read") ?? client.Scopes[0];
}
