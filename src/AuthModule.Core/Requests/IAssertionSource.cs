using System.Threading;
using System.Threading.Tasks;
using AuthModule.AssertionSources;
using AuthModule.Http;
using AuthModule.Platform;
using AuthModule.Secrets;
using AuthModule.Telemetry;

namespace AuthModule.Requests;

/// <summary>Where a workload gets the assertion that says what it is. One file each; <see cref="AssertionSourceReader"/> lists them.</summary>
internal interface IAssertionSource
{
    /// <summary>What makes two sources the same credential; holds no secret.</summary>
    string Name { get; }

    /// <summary>A current assertion. Called for every request, because platforms exchange them every few minutes.</summary>
    /// <exception cref="AuthException">MissingParameter, InvalidCredentials, and what the network brings.</exception>
    ValueTask<Secret> ReadAsync(AssertionQuery query, CancellationToken cancellationToken);
}

/// <summary>What a source works with.</summary>
/// <param name="Audience">Whom the assertion is for, where the platform lets choose.</param>
/// <param name="Environment">Platforms announce themselves by variables.</param>
/// <param name="Sender">The network.</param>
/// <param name="Transport">How to reach the platform.</param>
/// <param name="Log">Where it tells what it does.</param>
internal sealed record AssertionQuery(string Audience, IEnvironment Environment, IHttpSender Sender, TransportSettings Transport, ICallLog Log);
