using System.Text;
using AuthModule.Grants;
using AuthModule.Http;
using AuthModule.Platform;
using AuthModule.Requests;
using AuthModule.Secrets;
using AuthModule.Sessions;

namespace AuthModule.Benchmarks.Simulation;

/// <summary>The jitter that the engine gives the sessions of a fleet. Sends nothing.</summary>
internal sealed class SessionJitter(SimulatedClock clock)
{
    // As the key of a shared store would be; a fixed one, so that each run simulates the same sessions.
    private static readonly byte[] HashKey = Encoding.ASCII.GetBytes("the same sessions in each run...");

    private readonly AuthEngine engine = new(clock, new HttpSender(clock), new EmptyEnvironment());

    public double Of(int credential)
    {
        (TokenRequest request, Service service) = engine.Resolve(new TokenRequest
        {
            Provider = "oauth2",
            TokenEndpoint = "https://id.example.com/token",
            ClientId = $"runbook-{credential}",
            Grant = "client_credentials",
            Client = new ClientCredential { Secret = Secret.From($"secret-{credential}") },
        });
        return SessionKey.Of(request, service, GrantRegistry.Choose(request, service.Description), HashKey, "redis").Jitter;
    }

    private sealed class EmptyEnvironment : IEnvironment
    {
        public string? Get(string name) => null;
    }
}
