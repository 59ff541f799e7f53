using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Errors;
using AuthModule.Jose.Signing;
using AuthModule.Requests;

namespace AuthModule.Operations.ClientAuthentication;

/// <summary><c>private_key_jwt</c>: an assertion signed with a key of which the server knows the public half (RFC 7523, section 2.2).</summary>
internal sealed class PrivateKeyJwtAuthentication : IClientAuthenticationMethod
{
    public string Name => "PrivateKeyJwt";

    public string Needs => "-ClientCertificate or -ClientKey";

    public IReadOnlyList<string> MetadataNames { get; } = ["private_key_jwt"];

    public bool UsesConnection => false;

    public bool Fits(ClientCredential credential) => credential.Certificate is not null || credential.KeyFile is not null;

    public ValueTask ApplyAsync(RequestDraft draft, ClientProof proof, CancellationToken cancellationToken)
    {
        // Read anew each time: a key that was exchanged in its file is taken at once.
        ClientKey key = proof.Credential.KeyFile is { } file ? KeyFile.Read(file, proof.Credential.KeyPassword) : ClientKey.Of(proof.Credential.Certificate!);
        string algorithm = key.Choose(proof.Algorithm, proof.OfferedAlgorithms);
        if (!SecurityProfiles.Allows(proof.SecurityProfile, algorithm))
        {
            throw AuthError.Create(AuthErrorId.InvalidKey, $"The client's key signs with {algorithm}, which the security profile {proof.SecurityProfile} does not allow.", "Use a key for PS256, ES256 or EdDSA.");
        }

        var header = new Dictionary<string, object?>
        {
            ["alg"] = algorithm,
            ["typ"] = "JWT",
            ["kid"] = key.Id,
            ["x5t"] = key.CertificateSha1,
            ["x5t#S256"] = key.CertificateSha256,
        };
        ClientAssertion.AddTo(draft, proof, ClientAssertion.Write(proof, header, data => key.Sign(algorithm, data)));
        return default;
    }
}
