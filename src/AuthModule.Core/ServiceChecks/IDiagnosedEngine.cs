using System;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Http;
using AuthModule.Profiles;
using AuthModule.Requests;
using AuthModule.Resolution;
using AuthModule.Sessions;
using AuthModule.Telemetry;
using AuthModule.TokenTesting;

namespace AuthModule.ServiceChecks;

/// <summary>What a diagnosis needs of the engine.</summary>
internal interface IDiagnosedEngine
{
    TimeProvider Clock { get; }

    IHttpSender Sender { get; }

    EndpointResolver Endpoints { get; }

    TokenTester Tester { get; }

    ReferencedSecrets Secrets { get; }

    (TokenRequest Request, Service Service) Resolve(TokenRequest request);

    /// <summary>The way of a profile's chain that a request takes here; null where it means no chain.</summary>
    ValueTask<ChainChoice?> ChooseAsync(SessionTable table, TokenRequest request, ICallLog log, CancellationToken cancellationToken);

    /// <summary>Whether a request means a profile with a chain.</summary>
    bool MeansChain(TokenRequest request);

    AuthSession Open(SessionTable table, TokenRequest request);

    ValueTask<AuthToken> GetTokenAsync(SessionTable table, AuthSession session, TokenRequirement requirement, ICallLog log, CancellationToken cancellationToken);

    Task<RevocationResult> RevokeAsync(SessionTable table, AuthSession session, bool localOnly, ICallLog log, CancellationToken cancellationToken);

    /// <summary>Another with the same network, providers and profiles that has cached nothing and shares no session.</summary>
    IDiagnosedEngine ForDiagnosis();
}
