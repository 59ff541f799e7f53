using System;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Telemetry;
using AuthModule.Validation;
using AuthModule.Validation.Endpoint;

namespace AuthModule.TokenTesting;

/// <summary>A test that is put together once, for any number of tokens from any thread.</summary>
/// <param name="rules">What a token has to be.</param>
/// <param name="test">By its signature, by asking its server, or on the records of one's own issuer.</param>
internal sealed class PreparedTest(
    ValidationRules rules,
    Func<string, ValidationRules, ICallLog, CancellationToken, ValueTask<TokenTestResult>> test)
{
    public ValueTask<TokenTestResult> TestAsync(string token, ICallLog log, CancellationToken cancellationToken) =>
        test(token, rules, log, cancellationToken);

    /// <summary>Tests what came in an <c>Authorization</c> header; the result says what an endpoint answers.</summary>
    public ValueTask<TokenTestResult> TestHeaderAsync(string? header, ICallLog log, CancellationToken cancellationToken) =>
        EndpointGuard.TestAsync(header, rules, (token, bearer) => test(token, bearer, log, cancellationToken));
}
