using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Jose.Keys;

namespace AuthModule.ServiceChecks.Steps;

/// <summary>Whether the service publishes keys that its tokens can be tested with (RFC 7517).</summary>
internal sealed class KeysStep : IDiagnosisStep
{
    public string Name => StepNames.Keys;

    public IReadOnlyList<string> Needs => [StepNames.Discovery];

    public async Task<ServiceCheck> RunAsync(DiagnosisContext context, CancellationToken cancellationToken)
    {
        bool isPublished = await context.Engine.Endpoints.FindAsync(context.Service, "jwks", context.Log, cancellationToken).ConfigureAwait(false) is not null;
        if (!isPublished || context.Engine.Tester.KeysOf(context.Service, clientSecret: null) is not { } source)
        {
            return ServiceCheck.NotRun(Name, "it names no address of keys: its tokens can be tested by asking the service only (-Introspect)");
        }

        KeySet keys = await source.GetAsync(context.Log, cancellationToken).ConfigureAwait(false);
        VerificationKey[] usable = [.. keys.Keys.Where(key => key.IsForSignatures)];
        return usable.Length > 0
            ? ServiceCheck.Ok(Name, string.Join(", ", usable.Take(8).Select(key => $"{key.Name} ({key.Algorithm ?? key.Description})")) + (usable.Length > 8 ? $" and {usable.Length - 8} more" : string.Empty))
            : ServiceCheck.Fault(
                Name,
                AuthErrorId.KeyNotFound,
                $"{keys.Origin} publishes {(keys.Keys.Count == 0 ? "no keys" : "no keys for signatures")}",
                "Tell the service's operator: signed tokens cannot be tested without keys.");
    }
}
