using System;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Jose.Tokens;
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
        TestAsync(token, rules, log, cancellationToken);

    /// <summary>Tests what came in an <c>Authorization</c> header; the result says what an endpoint answers.</summary>
    public ValueTask<TokenTestResult> TestHeaderAsync(string? header, ICallLog log, CancellationToken cancellationToken) =>
        EndpointGuard.TestAsync(header, rules, (token, bearer) => TestAsync(token, bearer, log, cancellationToken));

    // What is too long for any token is not sent to anybody: the check of its shape says so.
    private ValueTask<TokenTestResult> TestAsync(string token, ValidationRules asked, ICallLog log, CancellationToken cancellationToken) =>
        token.Length > CompactToken.MaxCharacters
            ? TokenValidator.RunAsync(new() { Text = token, Rules = asked, Log = log, Now = asked.Clock.GetUtcNow() }, ValidationChecks.Offline, cancellationToken)
            : test(token, asked, log, cancellationToken);
}
