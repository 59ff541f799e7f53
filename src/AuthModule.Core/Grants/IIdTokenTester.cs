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
    /// <summary>The keys that a service publishes.</summary>
    IKeySource? KeysOf(Service service);

    ValueTask<TokenTestResult> TestAsync(string token, ValidationRules rules, ICallLog log, CancellationToken cancellationToken);
}
