using System.Threading;
using System.Threading.Tasks;
using AuthModule.Jose.Keys;
using AuthModule.Requests;
using AuthModule.Telemetry;
using AuthModule.Validation;

namespace AuthModule.Grants;

/// <summary>What the ID token of a reply is tested by.</summary>
internal interface IIdTokenTester
{
    /// <param name="service">Whose published keys.</param>
    /// <param name="clientSecret">What HMAC signatures are made with; null where the client has no secret.</param>
    IKeySource? KeysOf(Service service, SecretKeySource? clientSecret);

    ValueTask<TokenTestResult> TestAsync(string token, ValidationRules rules, ICallLog log, CancellationToken cancellationToken);
}
