using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Requests;
using AuthModule.Secrets;

namespace AuthModule.Operations.ClientAuthentication;

/// <summary>An assertion of the platform that this runs on, in place of a key of one's own (RFC 7523, section 2.2). Read anew for each request.</summary>
internal sealed class WorkloadAuthentication : IClientAuthenticationMethod
{
    public string Name => "Workload";

    public string Needs => "-AssertionSource";

    public IReadOnlyList<string> MetadataNames { get; } = ["private_key_jwt"];

    public bool UsesConnection => false;

    public bool Fits(ClientCredential credential) => credential.AssertionSource is not null;

    public async ValueTask ApplyAsync(RequestDraft draft, ClientProof proof, CancellationToken cancellationToken)
    {
        AssertionQuery query = proof.Workload;
        Secret assertion = await proof.Credential.AssertionSource!.ReadAsync(query, cancellationToken).ConfigureAwait(false);
        ClientAssertion.AddTo(draft, proof, assertion.Reveal());
    }
}
