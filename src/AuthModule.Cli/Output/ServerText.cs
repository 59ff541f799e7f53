using System.Collections.Generic;
using System.Linq;
using AuthModule.Cli.Terminal;
using AuthModule.TestServer.Clients;
using AuthModule.TestServer.Hosting;
using AuthModule.TestServer.Users;

namespace AuthModule.Cli.Output;

/// <summary>What one needs to use an embedded server, for the person who started it at a terminal.</summary>
internal static class ServerText
{
    public static void Write(CliContext context, EmbeddedServer server, EmbeddedServerOptions options)
    {
        var paint = new Paint(context);
        context.Output.WriteLine($"{paint.Dim("Home page  ")}{paint.Bold(server.BaseAddress.AbsoluteUri)}");
        context.Output.WriteLine($"{paint.Dim("Issuer     ")}{server.Issuer}");
        context.Output.WriteLine($"{paint.Dim("Sample API ")}{server.Issuer}/api/orders");
        context.Output.WriteLine();
        var clients = new TextTable(context, "Client", "Secret", "Grants", "Scopes");
        foreach (ServerClient client in options.Clients)
        {
            string proof = client.Secret?.Reveal() ?? (client.PrivateKey is null ? "none" : "a key: --json has it");
            clients.Add(null, client.Id, proof, string.Join(' ', client.Grants.Select(Short)), string.Join(' ', client.Scopes));
        }

        clients.Write();
        context.Output.WriteLine();
        var users = new TextTable(context, "User", "Password", "Groups");
        foreach (ServerUser user in options.Users)
        {
            users.Add(null, user.Name, user.Password.Reveal(), string.Join(' ', user.Groups));
        }

        users.Write();
        context.Output.WriteLine();
        context.Output.WriteLine(paint.Dim("Try it in another terminal:"));
        ServerClient first = options.Clients.First(static client => client.Secret is not null);
        context.Output.WriteLine($"  AUTHMODULE_CLIENT_SECRET={AuthModule.Cli.Helpers.ShellLine.Value(first.Secret!.Reveal())} authmodule get --authority {server.Issuer} --client-id {first.Id}");
    }

    private static string Short(string grant) => grant[(grant.LastIndexOf(':') + 1)..];
}
